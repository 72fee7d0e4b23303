import { GoDockerError } from '../errors';

/**
 * Refuses what is not the name of a Go release.
 *
 * @throws GoDockerError
 */
export function assertGoVersion(version: string, location?: { file: string; line?: number }): void {
  if (pattern.test(version)) return;
  throw new GoDockerError(`${JSON.stringify(version)} is not a Go version`, {
    location,
    advice: 'Give it as Go does: 1.26, 1.26.8 or 1.27rc1.',
  });
}

/** Whether Go release `version` is `least` or a later one. */
export function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [numbers(version), numbers(least)];
  const index = a.findIndex((value, at) => value !== b[at]);
  return index < 0 || (a[index] ?? 0) > (b[index] ?? 0);
}

const pattern = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4})|(beta|rc)(\d{1,4}))?$/;

/** Major, minor, kind and its number. Up to Go 1.20 the first release had no `.0`; as a `go` line `1.26` stands before `1.26rc1`. */
function numbers(version: string): readonly number[] {
  const [, major, minor, patch, kind, preview] = pattern.exec(version) ?? [];
  const stage = patch !== undefined ? 3 : kind === 'rc' ? 2 : kind === 'beta' ? 1 : 0;
  return [Number(major ?? 0), Number(minor ?? 0), stage, Number(patch ?? preview ?? 0)];
}
