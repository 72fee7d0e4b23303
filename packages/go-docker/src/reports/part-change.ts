import type { Comparison, MeasuredImage, MeasuredPlatform, PartChange } from '../measuring/measured-image';

export type Compared = Extract<Comparison, { state: 'compared' }>;

/** What an image was compared with: `apps/api/image-size.json`, with the commit where it is another than the workspace's. */
export function baselineName({ baseline: { file, ref } }: MeasuredImage): string {
  return ref === undefined ? file : `${file} at ${ref}`;
}

/** Where the packages of programs are named, the programs themselves would be the same bytes once more. */
export function shownFiles(
  { files, isByPackage }: Compared,
  { programs }: MeasuredPlatform,
): readonly PartChange[] {
  const paths = new Set(isByPackage ? programs.map(({ path }) => path) : []);
  return files.filter(({ name }) => !paths.has(name));
}

/** A part with its version: `golang.org/x/text v0.30.0`. */
export function partName({ name, version }: PartChange): string {
  return version === undefined ? name : `${name} ${version}`;
}

/** Bytes that came to a part; negative where it became smaller. */
export function bytesOfChange({ bytes, wasBytes }: PartChange): number {
  return bytes - wasBytes;
}

/** What stands behind the name of a part that is not what it was. */
export function changeNote({ state, wasVersion }: PartChange): string {
  if (state === 'new' || state === 'gone') return `, ${state}`;
  if (state === 'unlisted') return ' or more, not named before';
  return wasVersion === undefined ? '' : `, was ${wasVersion}`;
}
