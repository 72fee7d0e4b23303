import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileNode } from '@go-docker/oci-image';
import { FileTree } from '../files/file-tree';
import { HostRoot } from './host-root';
import { JointPackages } from './joint-packages';

const file = (content: string): FileNode => ({
  type: 'file',
  ...{ mode: 0o644, uid: 0, gid: 0, size: content.length },
  open: () => Readable.from([Buffer.from(content)]),
});

/** Two apps on one library, as a stage has them. */
const FILES = {
  'src/go.mod': 'module example.com/shop\n\ngo 1.21\n',
  'src/api/main.go':
    'package main\n\nimport "example.com/shop/prices"\n\nfunc main() { println(prices.Vat) }\n',
  'src/web/main.go':
    'package main\n\nimport (\n\t_ "embed"\n\n\t"example.com/shop/prices"\n)\n\n//go:embed page.html\nvar page string\n\nfunc main() { println(page, prices.Vat) }\n',
  'src/web/page.html': '<h1>Shop</h1>\n',
  'src/prices/vat.go': 'package prices\n\nconst Vat = 19\n',
};

describe('packages of several stages', () => {
  let folder = '';
  beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'joint-packages-')))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const treeOf = (files: Record<string, string>) =>
    FileTree.of(Object.entries(files).map(([path, content]) => [path, file(content)]));

  /** What lies in all stages, asked about a stage with some of it. */
  async function isOfStage(
    app: string,
    joint: Record<string, string>,
    stage: Record<string, string>,
  ): Promise<boolean> {
    const root = new HostRoot(join(folder, 'root'));
    const tree = treeOf(joint);
    await root.take(tree);
    const moduleCache = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim();
    const env = { ...process.env, GOWORK: 'off', GOFLAGS: '', GOPROXY: 'off', CGO_ENABLED: '0' };
    const options = { signal: new AbortController().signal, cwd: join(folder, 'root/src'), env };
    const packages = await JointPackages.list({ program: 'go', options }, ['./api', './web'], {
      ...{ tree, root, moduleCache },
    });
    return packages.isOfStage(join(folder, 'root/src', app), treeOf(stage));
  }

  const without = (path: keyof typeof FILES) =>
    Object.fromEntries(Object.entries(FILES).filter(([name]) => name !== path));

  it('knows the import path of a folder', async () => {
    const root = new HostRoot(join(folder, 'root'));
    const tree = treeOf(FILES);
    await root.take(tree);
    const options = { signal: new AbortController().signal, cwd: join(folder, 'root/src') };
    const place = { tree, root, moduleCache: folder };
    const packages = await JointPackages.list({ program: 'go', options }, ['./api', './nowhere'], place);
    expect(packages.importPathOf(join(folder, 'root/src/api'))).toBe('example.com/shop/api');
    expect(packages.importPathOf(join(folder, 'root/src/web'))).toBeUndefined();
  });

  it('give a stage its own program where it has each file that is compiled', async () => {
    expect(await isOfStage('api', FILES, FILES)).toBe(true);
    expect(await isOfStage('web', FILES, FILES)).toBe(true);
  });

  it('do so where other apps are not in the stage, nor what is compiled for none', async () => {
    const api = Object.fromEntries(Object.entries(FILES).filter(([path]) => !path.startsWith('src/web/')));
    const joint = {
      ...FILES,
      'src/prices/vat_test.go': 'package prices\n',
      'src/prices/vat_windows.go': 'package prices\n',
      'src/prices/README.md': 'Prices\n',
    };
    expect(await isOfStage('api', joint, api)).toBe(true);
  });

  it.each([
    ['has one file of a library less', 'api', { ...FILES, 'src/prices/more.go': 'package prices\n' }, FILES],
    [
      'has a library in other words',
      'api',
      FILES,
      { ...FILES, 'src/prices/vat.go': 'package prices\n\nconst Vat = 20\n' },
    ],
    [
      'has another file in place of one that is left out',
      'api',
      { ...FILES, 'src/prices/more.go': '//go:build ignore\n\npackage prices\n' },
      { ...FILES, 'src/prices/more.go': 'package prices\n' },
    ],
    ['has another go.mod', 'api', FILES, { ...FILES, 'src/go.mod': 'module example.com/shop\n\ngo 1.22\n' }],
    ['has no go.sum', 'api', { ...FILES, 'src/go.sum': '' }, FILES],
    ['has not what is embedded', 'web', FILES, without('src/web/page.html')],
    ['has no profile', 'api', { ...FILES, 'src/api/default.pgo': '' }, FILES],
    ['has not the library', 'api', FILES, without('src/prices/vat.go')],
  ])('do not where a stage %s', async (_what, app, joint, stage) => {
    expect(await isOfStage(app, joint, stage)).toBe(false);
  });

  it('do not where assembler may include what nobody lists', async () => {
    const files = { ...FILES, 'src/prices/vat.s': '#include "textflag.h"\n' };
    expect(await isOfStage('api', files, files)).toBe(false);
  });

  it('do not where a package has errors, or lies outside', async () => {
    const broken = { ...FILES, 'src/prices/vat.go': 'package prices\n\nimport _ "example.com/nowhere"\n' };
    expect(await isOfStage('api', broken, broken)).toBe(false);
    const outside = {
      ...without('src/prices/vat.go'),
      'src/go.mod': `${FILES['src/go.mod']}\nrequire example.com/prices v0.0.0\n\nreplace example.com/prices => ../../prices\n`,
      'src/api/main.go': FILES['src/api/main.go'].replace('shop/prices', 'prices'),
    };
    mkdirSync(join(folder, 'prices'));
    writeFileSync(join(folder, 'prices/go.mod'), 'module example.com/prices\n\ngo 1.21\n');
    writeFileSync(join(folder, 'prices/vat.go'), FILES['src/prices/vat.go']);
    expect(await isOfStage('api', outside, outside)).toBe(false);
  });
});
