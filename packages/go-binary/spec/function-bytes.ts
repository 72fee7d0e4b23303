import type { SampleBuild, SampleProgram } from './sample-program';

/**
 * The machine code of each package, as `go tool nm` tells of it. Its packages are those that `go list` knows: the one
 * with the longest path that a symbol begins with.
 * @param program A program with a symbol table.
 */
export function functionBytesByNm(
  sample: SampleProgram,
  program: string,
  build: Pick<SampleBuild, 'release' | 'architecture'>,
): ReadonlyMap<string, number> {
  const packages = sample.go(['list', '-deps', './cmd/api', 'std'], build).trim().split('\n');
  const prefixes = packages
    .map((path) => ({ path, prefix: path === MAIN ? 'main.' : prefixOf(path) }))
    .sort((one, other) => other.prefix.length - one.prefix.length);
  const sums = new Map<string, number>();
  for (const line of sample.go(['tool', 'nm', '-size', program], build).split('\n')) {
    const [, size, symbol = ''] = /^ *[0-9a-f]+ +(\d+) [Tt] (.*)$/.exec(line) ?? [];
    const name = symbol.replace(/^type:\.(eq|hash)\.(\[\d+\]|\*)*/, '');
    const found = prefixes.find(({ prefix }) => name.startsWith(prefix));
    if (found) sums.set(found.path, (sums.get(found.path) ?? 0) + Number(size));
  }
  return sums;
}

export const MAIN = 'example.com/shop/cmd/api';

function prefixOf(path: string): string {
  const last = path.lastIndexOf('/') + 1;
  return `${path.slice(0, last)}${path.slice(last).replaceAll('.', '%2e')}.`;
}
