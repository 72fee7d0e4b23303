import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import { api } from '../dockerfile/fixtures/app-images';
import type { VariantBuild, VariantResult } from './build-variants';
import { scratch } from './fixtures/variants';
import { isBuilt } from './image-comparison';
import { measureStarts, median } from './measure-starts';

const own = `linux/${arch() === 'x64' ? 'amd64' : arch()}`;

describe('the starts of packed programs', () => {
  let workspaceRoot: string;
  let told: string[];
  beforeEach(() => {
    workspaceRoot = mkdtempSync(join(tmpdir(), 'go-docker-starts-'));
    told = [];
    mkdirSync(join(workspaceRoot, 'dist/work'), { recursive: true });
  });
  afterEach(() => rmSync(workspaceRoot, { recursive: true }));

  /** A program that counts its starts and prints what it finds in its folder. */
  const program = (name: string): string => {
    const path = join(workspaceRoot, name);
    const count = `require('fs').appendFileSync(${JSON.stringify(`${path}.starts`)}, '.');`;
    const script = `${count} console.log(require('fs').readFileSync('pages/index.html', 'utf8')); setInterval(() => 0, 1000);`;
    writeFileSync(path, `#!${process.execPath}\n${script}`);
    chmodSync(path, 0o755);
    return path;
  };
  const startsOf = (path: string) => readFileSync(`${path}.starts`, 'utf8').length;

  const measure = (results: readonly VariantResult[], starts: number, over: object = {}) => {
    const runner = { assets: ['apps/api/pages'] };
    const app = { platform: own, runner, imageFor: () => api, ...over };
    mkdirSync(join(workspaceRoot, 'apps/api/pages'), { recursive: true });
    writeFileSync(join(workspaceRoot, 'apps/api/pages/index.html'), 'hello');
    const { signal } = new AbortController();
    const tell = (line: string) => void told.push(line);
    const build = { app, plan: { workspaceRoot }, folder: 'dist/work', tell, signal };
    return measureStarts(results, build as unknown as VariantBuild, starts);
  };
  const results = (stripped: string, upx: string): VariantResult[] => [
    { variant: { ...scratch, program: 'plain' }, program: stripped },
    { variant: scratch, program: stripped },
    { variant: { ...scratch, program: 'upx' }, program: upx },
  ];

  it('are those of the packed program and of its twin, beside the assets of the app', async () => {
    const [stripped, upx] = [program('stripped'), program('upx')];
    const variants = await measure(results(stripped, upx), 3);
    expect(variants.map((variant) => isBuilt(variant) && variant.start)).toEqual([
      undefined,
      ...Array.from({ length: 2 }, () => ({
        starts: 3,
        until: 'first output',
        readyMilliseconds: expect.any(Number) as number,
        peakBytes: expect.any(Number) as number,
      })),
    ]);
    // Three that count, and the first one.
    expect([stripped, upx].map(startsOf)).toEqual([4, 4]);
    expect(told).toEqual([
      'starting the program of scratch, -s -w',
      'starting the program of scratch, -s -w, UPX',
    ]);
  });

  it('are measured once for equal programs', async () => {
    const [stripped, upx] = [program('stripped'), program('upx')];
    const onDebian = results(stripped, upx).map(({ variant, program }): VariantResult => ({
      variant: { ...variant, base: 'debian' },
      program,
    }));
    const variants = await measure([...results(stripped, upx), ...onDebian], 1);
    const figures = variants.map((variant) => isBuilt(variant) && variant.start);
    expect(figures.slice(0, 3)).toEqual(figures.slice(3));
    expect([stripped, upx].map(startsOf)).toEqual([2, 2]);
  });

  it('are none where nothing was packed, or nobody wants them', async () => {
    const [stripped, upx] = [program('stripped'), program('upx')];
    const plain = await measure(results(stripped, upx).slice(0, 2), 3);
    const unwanted = await measure(results(stripped, upx), 0);
    for (const variant of [...plain, ...unwanted]) expect(variant).not.toHaveProperty('start');
    expect(() => startsOf(stripped)).toThrow('ENOENT');
  });

  it('are not measured for another platform, and not where the port is taken', async () => {
    const [stripped, upx] = [program('stripped'), program('upx')];
    const [, foreign] = await measure(results(stripped, upx), 3, { platform: 'linux/s390x' });
    expect(foreign).toMatchObject({
      start: { notMeasured: `the program is for linux/s390x, and this machine is ${own}` },
    });

    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const [, taken] = await measure(results(stripped, upx), 3, { runner: { assets: [], port } });
    server.close();
    expect(taken).toMatchObject({
      start: { notMeasured: `something else serves port ${port} on this machine` },
    });
  });
});

describe('the median', () => {
  it('is the value in the middle, however they are ordered', () => {
    expect(median([5, 1, 300])).toBe(5);
    expect(median([10, 9, 100, 1])).toBe(10);
  });
});
