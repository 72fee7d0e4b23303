import { statSync } from 'node:fs';
import { programSizes, type ProgramSizes } from '../src';
import { functionBytesByNm, MAIN } from './function-bytes';
import { type SampleProgram, sampleProgram } from './sample-program';

/**
 * The oldest release and the newest that are read, and the Go on the PATH; each architecture once, and one that is big-endian. `npm run
 * test:releases` has all releases on all architectures.
 */
const BUILDS: readonly (readonly [release: string, architecture: string, flags: string])[] = process.env
  .GO_RELEASES
  ? process.env.GO_RELEASES.split(',').flatMap((release) =>
      ['amd64', 'arm64', 'arm', 'riscv64'].map((architecture) => [release, architecture, ''] as const),
    )
  : [
      ['1.20.14', 'amd64', ''],
      ['1.20.14', 'arm', ''],
      ['local', 'arm64', ''],
      ['local', 'amd64', '-buildmode=pie'],
      ['1.27.0', 'amd64', ''],
      ['1.27.0', 'riscv64', ''],
      ['local', 's390x', ''],
    ];

describe.each(BUILDS)('programSizes of a program of Go %s for linux/%s %s', (name, architecture, flags) => {
  const release = name === 'local' ? undefined : name;
  const buildMode = flags === '' ? [] : [flags];
  let sample: SampleProgram;
  let byNm: ReadonlyMap<string, number>;
  let files: readonly string[];
  let whole: ProgramSizes;
  let stripped: ProgramSizes;

  beforeAll(async () => {
    sample = sampleProgram();
    files = [[], ['-ldflags=-s -w']].map((strip) =>
      sample.build({ release, architecture, flags: [...buildMode, ...strip] }),
    );
    const [wholeFile = '', strippedFile = ''] = files;
    byNm = functionBytesByNm(sample, wholeFile, { release, architecture });
    whole = await programSizes(wholeFile);
    stripped = await programSizes(strippedFile);
  }, 300_000);
  afterAll(() => sample.remove());

  it('counts as much machine code for each package as nm, stripped or not', () => {
    expect(byNm.size).toBeGreaterThan(30);
    for (const sizes of [whole, stripped]) {
      const ours = functionBytes(sizes);
      expect([...ours.keys()].sort()).toEqual([...byNm.keys()].sort());
      for (const [path, bytes] of byNm) {
        // The linker's own trampolines do not say how long they are: what aligns the next function counts to them.
        const tolerance = Math.max(bytes / 100, architecture === 'riscv64' ? 32 : 0);
        const difference = Math.abs((ours.get(path) ?? 0) - bytes);
        expect({ path, isNear: difference <= tolerance, difference }).toEqual({
          path,
          isNear: true,
          difference,
        });
      }
    }
  });

  it('finds the same ten packages largest as nm, in the same order', () => {
    const expected = largest(byNm);
    expect(expected).toHaveLength(10);
    expect(largest(functionBytes(whole))).toEqual(expected);
    expect(largest(functionBytes(stripped))).toEqual(expected);
  });

  it('tells for each byte of the file what it is for', () => {
    for (const [at, sizes] of [whole, stripped].entries()) {
      const size = statSync(files[at] ?? '').size;
      expect(sizes.bytes).toBe(size);
      expect(sum(sizes.sections)).toBe(size);
      expect(sum(sizes.packages) + sum(sizes.unattributed)).toBe(size);
    }
  });

  it('names the modules, with their versions', () => {
    const modules = stripped.modules.map(({ path, version }) => `${path} ${version ?? '-'}`);
    expect(modules.sort()).toEqual([
      expect.stringMatching(/^example.com\/money v1.2.3$/),
      expect.stringMatching(/^example.com\/shop (\(devel\)|-)$/),
      expect.stringMatching(/^example.com\/text.v2 v1.0.1$/),
      'std -',
    ]);
    const moduleOf = new Map(stripped.packages.map(({ importPath, module }) => [importPath, module]));
    expect(moduleOf.get(MAIN)).toBe('example.com/shop');
    expect(moduleOf.get('example.com/text.v2/html.kit')).toBe('example.com/text.v2');
    expect(moduleOf.get('fmt')).toBe('std');
  });

  it('counts variables where the symbol table is there', () => {
    const kit = (sizes: ProgramSizes) =>
      sizes.packages.find(({ importPath }) => importPath === 'example.com/text.v2/html.kit')?.dataBytes;
    // An array of 512 strings, of two words each.
    const entities = 512 * 2 * (architecture === 'arm' ? 4 : 8);
    expect(kit(whole)).toBeGreaterThanOrEqual(entities);
    expect(kit(whole)).toBeLessThan(entities + 100);
    expect(kit(stripped)).toBe(0);
  });
});

function functionBytes({ packages }: ProgramSizes): Map<string, number> {
  return new Map(
    packages.flatMap(({ importPath, functionBytes: bytes }) => (bytes > 0 ? [[importPath, bytes]] : [])),
  );
}

function largest(bytes: ReadonlyMap<string, number>): string[] {
  return [...bytes]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 10)
    .map(([path]) => path);
}

function sum(sizes: readonly { readonly bytes: number }[]): number {
  return sizes.reduce((total, { bytes }) => total + bytes, 0);
}
