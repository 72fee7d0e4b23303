import type { Comparison, MeasuredPlatform, PartChange } from '../measuring/measured-image';

/** What sort of part has changed; `program` for what no package of a program can be told for. */
export type PartSort = 'module' | 'package' | 'program' | 'file';

/**
 * What has changed of an image, the largest difference first. Where programs are known by package they are not listed as files: that would say the same
 * bytes twice.
 */
export function partChanges(
  compared: Extract<Comparison, { state: 'compared' }>,
  { programs }: Pick<MeasuredPlatform, 'programs'>,
): readonly (readonly [sort: PartSort, change: PartChange])[] {
  const brokenDown = new Set(compared.isByPackage ? programs.map(({ path }) => path) : []);
  const files = compared.files.filter(({ name }) => !brokenDown.has(name));
  const sorts = [
    ['module', compared.modules],
    ['package', compared.packages],
    ['program', compared.unattributed],
    ['file', files],
  ] as const;
  return sorts
    .flatMap(([sort, changes]) => changes.map((change) => [sort, change] as const))
    .sort(([, one], [, other]) => Math.abs(bytesOfChange(other)) - Math.abs(bytesOfChange(one)));
}

/** Positive where the part has grown. */
export function bytesOfChange({ bytes, wasBytes }: PartChange): number {
  return bytes - wasBytes;
}
