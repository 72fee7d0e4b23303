import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diskFileSystem } from '@go-docker/go-workspace';
import { ignoredFiles } from './ignored-files';

const files = {
  '.gitignore': '*.pb.go\n/dist/\nweb/build\n!keep.pb.go\n# a comment\ngen/\n!gen/kept.go\n',
  'libs/.gitignore': '!shared.pb.go\n/local.go\n',
  'libs/deep/.gitignore': 'local.go\n',
  'main.go': '',
  'api/orders.pb.go': '',
  'api/keep.pb.go': '',
  'dist/x.go': '',
  'api/dist/x.go': '',
  'web/build/index.html': '',
  'web/index.html': '',
  'gen/kept.go': '',
  'libs/shared.pb.go': '',
  'libs/other.pb.go': '',
  'libs/local.go': '',
  'libs/sub/local.go': '',
  'libs/deep/local.go': '',
};

describe('what is ignored', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'gd-ignored-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is what git says', () => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    git('init', '--quiet');
    const said = git('ls-files', '--others', '--ignored', '--exclude-standard').trim().split('\n');

    const ignored = Object.keys(files).filter(ignoredFiles(diskFileSystem(root)));

    expect(ignored.sort()).toEqual(said.sort());
    expect(ignored.length).toBe(7);
  });

  it('is what .nxignore says as well', () => {
    writeFileSync(join(root, '.nxignore'), 'testdata\n');
    const isIgnored = ignoredFiles(diskFileSystem(root));
    expect(['a/testdata/x', 'a/data/x'].map(isIgnored)).toEqual([true, false]);
  });
});
