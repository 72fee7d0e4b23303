import type { Section, Segment } from '../elf/elf';

/** What a part of the file is for. */
export type PartKind =
  | 'code'
  | 'constants'
  | 'variables'
  | 'function table'
  | 'DWARF'
  | 'symbols'
  | 'linking'
  | 'notes'
  | 'headers'
  | 'behind'
  | 'other';

/**
 * The names are those of https://github.com/golang/go/blob/go1.27.0/src/cmd/link/internal/ld/elf.go and of the GNU
 * linker. `.data.rel.ro…` and `.go.type` are constants that hold addresses.
 */
const KINDS: readonly (readonly [RegExp, PartKind])[] = [
  [/\.gopclntab$/, 'function table'],
  [/^\.z?debug_/, 'DWARF'],
  [/^\.(symtab|strtab|gosymtab|gnu_debugdata)$/, 'symbols'],
  [
    /^\.(rela?|plt|got|dyn|gnu\.(version|hash)|hash$|interp$|init|fini|eh_frame|gcc_except|ARM\.|riscv\.)/,
    'linking',
  ],
  [/^\.(note|comment$|go\.buildinfo$|go\.fipsinfo$)/, 'notes'],
  [/^\.shstrtab$/, 'headers'],
  [/^\.(rodata|data\.rel\.ro|typelink|itablink|go\.(type|func|string|itab))/, 'constants'],
  [/^\.(data|noptrdata|go\.module|tdata)/, 'variables'],
];

export function kindOfSection(section: Section): PartKind {
  const kind = KINDS.find(([name]) => name.test(section.name))?.[1];
  return kind ?? (section.isExecutable ? 'code' : 'other');
}

export function kindOfSegment({ isExecutable, isWritable }: Segment): PartKind {
  return isExecutable ? 'code' : isWritable ? 'variables' : 'constants';
}
