import type { MeasuredPlatform, PartChange } from '../measuring/measured-image';
import { bytesOfChange, type Compared, shownFiles } from '../reports/part-change';

/** What sort of part has changed; `program` for what no package of a program can be told for. */
export type PartSort = 'module' | 'package' | 'program' | 'file';

/** What has changed of an image, the largest difference first. */
export function partChanges(
  compared: Compared,
  platform: MeasuredPlatform,
): readonly (readonly [sort: PartSort, change: PartChange])[] {
  const sorts = [
    ['module', compared.modules],
    ['package', compared.packages],
    ['program', compared.unattributed],
    ['file', shownFiles(compared, platform)],
  ] as const;
  return sorts
    .flatMap(([sort, changes]) => changes.map((change) => [sort, change] as const))
    .sort(([, one], [, other]) => Math.abs(bytesOfChange(other)) - Math.abs(bytesOfChange(one)));
}
