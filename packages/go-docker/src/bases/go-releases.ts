import { isAtLeast } from '../apps/go-version';

/** The module under which the module proxy has Go itself. (https://go.dev/ref/mod#toolchains) */
export const toolchainModule = 'golang.org/toolchain';

/** The releases of Go, without betas and candidates, from the versions of {@link toolchainModule}. */
export function goReleases(versions: readonly string[]): readonly string[] {
  return versions.flatMap((version) => {
    const [, release] = /^v\d+\.\d+\.\d+-go(\d+\.\d+(?:\.\d+)?)\.linux-amd64$/.exec(version) ?? [];
    return release ?? [];
  });
}

/** The newest patch release of the minor release that `version` belongs to; undefined where there is none. */
export function newestPatch(releases: readonly string[], version: string): string | undefined {
  const minor = /^\d+\.\d+/.exec(version)?.[0];
  return releases
    .filter((release) => /^\d+\.\d+/.exec(release)?.[0] === minor)
    .reduce<string | undefined>(
      (newest, release) => (newest === undefined || isAtLeast(release, newest) ? release : newest),
      undefined,
    );
}

/** The newest release among a module's versions; candidates and pseudo-versions do not count. */
export function newestRelease(versions: readonly string[]): string | undefined {
  return versions
    .filter((version) => /^v\d+\.\d+\.\d+$/.test(version))
    .sort((a, b) => compare(b, a))
    .at(0);
}

/** Whether release `a` of a module is later than `b`. */
export function isLater(a: string, b: string): boolean {
  return compare(a, b) > 0;
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
