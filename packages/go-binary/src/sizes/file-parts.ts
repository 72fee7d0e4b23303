import type { Elf, Range, Section, Segment } from '../elf/elf';
import { notWhole } from '../elf/program-bytes';
import { kindOfSection, kindOfSegment, type PartKind } from './part-kinds';

/** A part of the file. Together they are the file, and none overlaps another. */
export interface FilePart extends Range {
  readonly name: string;
  readonly kind: PartKind;
  /** Where it is in memory. */
  readonly address: number;
}

/**
 * Takes the file apart: by sections, or where they were stripped, by what is loaded.
 * @returns In the order of the file.
 * @throws GoBinaryError where parts overlap, or reach beyond the file.
 */
export function filePartsOf(elf: Elf): readonly FilePart[] {
  const named = elf.sections.length > 0 ? [...sectionParts(elf), ...headerParts(elf)] : segmentParts(elf);
  named.sort((one, other) => one.offset - other.offset);
  const parts: FilePart[] = [];
  let end = 0;
  for (const part of named) {
    if (part.offset < end) throw notWhole(elf.program, 'parts of it overlap');
    if (part.offset > end) parts.push(gap('(between the sections)', 'headers', end, part.offset));
    parts.push(part);
    end = part.offset + part.size;
  }
  if (end > elf.program.size) throw notWhole(elf.program, 'it is cut off');
  if (end < elf.program.size) parts.push(gap('(behind the sections)', 'behind', end, elf.program.size));
  return parts;
}

function gap(name: string, kind: PartKind, offset: number, end: number): FilePart {
  return { name, kind, offset, size: end - offset, address: 0 };
}

function sectionParts({ sections }: Elf): FilePart[] {
  return sections
    .filter(isFilled)
    .map((section) => ({ ...placeOf(section), name: section.name, kind: kindOfSection(section) }));
}

function isFilled({ isInFile, size }: Section): boolean {
  return isInFile && size > 0;
}

function headerParts({ headers }: Elf): FilePart[] {
  return headers.map(({ name, ...range }) => ({ ...range, name: `(${name})`, kind: 'headers', address: 0 }));
}

/** The first one begins with the ELF header. */
function segmentParts({ segments }: Elf): FilePart[] {
  return segments
    .filter(({ size }) => size > 0)
    .map((segment) => ({ ...placeOf(segment), name: '(segment)', kind: kindOfSegment(segment) }));
}

function placeOf({ offset, size, address }: Section | Segment): Range & { address: number } {
  return { offset, size, address };
}
