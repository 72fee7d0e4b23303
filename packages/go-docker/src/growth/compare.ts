import type { Bytes } from '../images/image-json';
import type { ImageContents } from '../measuring/measure-image';
import type { Comparison, PartChange } from '../measuring/measured-image';
import { type Listed, type Part, partsOf, type PlatformBaseline } from './baseline';

/** How an image differs from what it was. */
export function compare(image: ImageContents, was: PlatformBaseline): Comparison {
  const { programs, files } = partsOf(image);
  const byPackage = programs && was.programs && { now: programs, was: was.programs };
  return {
    state: 'compared',
    was: was.sizes,
    isByPackage: byPackage !== undefined,
    modules: byPackage ? changes(byPackage.now.modules, byPackage.was.modules) : [],
    packages: byPackage ? changes(byPackage.now.packages, byPackage.was.packages) : [],
    unattributed: byPackage ? changes(byPackage.now.unattributed, byPackage.was.unattributed) : [],
    files: changes(files, was.files),
  };
}

/** What differs, the largest difference first. */
function changes(now: ReadonlyMap<string, Part>, was: Listed): readonly PartChange[] {
  const mostUnlisted = mostOfUnlisted(was);
  const present = [...now].flatMap(([name, part]): PartChange[] => {
    const earlier = was.parts.get(name);
    if (earlier) return isSame(part, earlier) ? [] : [changed(name, part, earlier)];
    if (was.others.count === 0) return [{ ...shown(name, part), state: 'new', wasBytes: 0 }];
    // It may have been there, and small: only what is larger than anything that was not listed has grown for sure.
    return part.bytes > mostUnlisted
      ? [{ ...shown(name, part), state: 'unlisted', wasBytes: mostUnlisted }]
      : [];
  });
  const gone = [...was.parts]
    .filter(([name]) => !now.has(name))
    .map(([name, part]): PartChange => ({
      ...shown(name, part),
      state: 'gone',
      bytes: 0,
      wasBytes: part.bytes,
    }));
  return [...present, ...gone].sort(
    (one, other) => difference(other) - difference(one) || (one.name < other.name ? -1 : 1),
  );
}

/** Another version may have as many bytes. Of a part that had none written down, nobody knows whether it is another. */
function isSame(now: Part, was: Part): boolean {
  return was.bytes === now.bytes && (was.version === undefined || was.version === now.version);
}

function shown(name: string, { bytes, version }: Part) {
  return { name, ...(version !== undefined && { version }), bytes };
}

function changed(name: string, now: Part, was: Part): PartChange {
  return {
    ...shown(name, now),
    ...(was.version !== undefined && was.version !== now.version && { wasVersion: was.version }),
    state: 'changed',
    wasBytes: was.bytes,
  };
}

/** No part that is not listed was larger than the smallest that is. */
function mostOfUnlisted({ parts, others }: Listed): Bytes {
  return Math.min(others.bytes, ...[...parts.values()].map(({ bytes }) => bytes));
}

function difference({ bytes, wasBytes }: PartChange): Bytes {
  return Math.abs(bytes - wasBytes);
}
