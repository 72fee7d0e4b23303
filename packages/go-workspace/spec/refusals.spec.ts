import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { buildClosure, diskFileSystem, GoWorkspaceError, readGoWorkspace } from '../src';
import { writeArchive } from './txtar';

const GO_MOD = 'module example.com/app\n\ngo 1.25.0\n';
const IMPORT_X = 'package main\n\nimport _ "example.com/x"\n\nfunc main() {}\n';
const EMBED = 'package main\n\nimport _ "embed"\n\n';

/** Workspaces that the go command refuses, and where we say that the reason is. */
const refusals: readonly [what: string, message: string, files: Readonly<Record<string, string>>][] = [
  ['a go.mod without a module line', 'go.mod: no `module` line', { 'go.mod': 'go 1.25.0\n' }],
  [
    'an unknown directive',
    'go.mod:4: unknown directive `requires`',
    { 'go.mod': `${GO_MOD}requires x v1.0.0\n` },
  ],
  [
    'a block that is never closed',
    'go.mod:4: the block `require (` is never closed',
    { 'go.mod': `${GO_MOD}require (\n` },
  ],
  ['an unknown block', 'go.mod:4: unknown block: require x (', { 'go.mod': `${GO_MOD}require x (\n)\n` }],
  [
    'text behind a block',
    'go.mod:6: text after the closing parenthesis of a block',
    { 'go.mod': `${GO_MOD}require (\n\n) x\n` },
  ],
  [
    'an unfinished merge',
    'go.mod:4: a marker of a merge that was not finished',
    { 'go.mod': `${GO_MOD}<<<<<<< HEAD\n` },
  ],
  ['a C comment', 'go.mod:1: comments here start with //, not with /*', { 'go.mod': `/* a */ ${GO_MOD}` }],
  ['a byte order mark', 'go.mod:1: a byte order mark', { 'go.mod': `\uFEFF${GO_MOD}` }],
  [
    'a string without an end',
    'go.mod:1: a string that does not end',
    { 'go.mod': 'module "example.com/app\n' },
  ],
  [
    'a string in backquotes',
    'go.mod:1: `example.com/app` is no string',
    { 'go.mod': 'module `example.com/app`\n' },
  ],
  ['a second module line', 'go.mod:4: a second `module` line', { 'go.mod': `${GO_MOD}module x\n` }],
  ['a second go line', 'go.mod:4: a second `go` line', { 'go.mod': `${GO_MOD}go 1.25.0\n` }],
  [
    'a version that is none',
    'go.mod:3: `1.x` is no Go version',
    { 'go.mod': 'module example.com/app\n\ngo 1.x\n' },
  ],
  [
    'a toolchain that is none',
    'go.mod:4: `1.25.0` is no toolchain',
    { 'go.mod': `${GO_MOD}toolchain 1.25.0\n` },
  ],
  [
    'a godebug without a value',
    'go.mod:4: expected `godebug KEY=VALUE`',
    { 'go.mod': `${GO_MOD}godebug default\n` },
  ],
  [
    'a requirement without a version',
    'go.mod:5: expected `require MODULE VERSION`',
    { 'go.mod': `${GO_MOD}require (\n\texample.com/x\n)\n` },
  ],
  [
    'a replacement without an arrow',
    'go.mod:4: expected `replace',
    { 'go.mod': `${GO_MOD}replace example.com/x ./x\n` },
  ],
  [
    'a replacement that is no folder',
    'go.mod:4: `x` needs a version',
    { 'go.mod': `${GO_MOD}replace example.com/x => x\n` },
  ],
  [
    'a folder with a version',
    'go.mod:4: a folder cannot',
    { 'go.mod': `${GO_MOD}replace example.com/x => ./x v1.0.0\n` },
  ],
  [
    'a retraction without brackets',
    'go.mod:4: expected `retract',
    { 'go.mod': `${GO_MOD}retract v1.0.0, v1.1.0\n` },
  ],
  [
    'a go.work with a require',
    'go.work:3: unknown directive `require`',
    { 'go.work': 'go 1.25.0\nuse .\nrequire x v1.0.0\n' },
  ],
  [
    'a used folder without a go.mod',
    'go.work:3: `use ./lib`: there is no lib/go.mod',
    { 'go.work': 'go 1.25.0\nuse .\nuse ./lib\n' },
  ],
  [
    'two modules of one path',
    'go.work: the module example.com/app is there twice: in . and in lib',
    { 'go.work': 'go 1.25.0\nuse .\nuse ./lib\n', 'lib/go.mod': GO_MOD },
  ],
  [
    'an import of nothing',
    'main.go:5: import "example.com/app/gone": there are no Go files in gone',
    { 'main.go': 'package main\n\nimport (\n\t"fmt"\n\t_ "example.com/app/gone"\n)\n' },
  ],
  [
    'an import of a package for another system',
    'main.go:3: example.com/app/win: build constraints leave no Go file of win for linux/amd64',
    { 'main.go': 'package main\n\nimport _ "example.com/app/win"\n', 'win/win_windows.go': 'package win\n' },
  ],
  [
    'an import of a package that needs cgo',
    'The package needs cgo, which is off.',
    { 'main.go': 'package main\n\nimport _ "example.com/app/c"\n', 'c/c.go': 'package c\n\nimport "C"\n' },
  ],
  [
    'an import without quotes',
    'main.go:3: expected an import path in quotes',
    { 'main.go': 'package main\n\nimport fmt\n' },
  ],
  [
    'an import path with a blank',
    'main.go:3: "a b" is no import path',
    { 'main.go': 'package main\n\nimport "a b"\n' },
  ],
  [
    'an import block without an end',
    'main.go:3: expected an import path',
    { 'main.go': 'package main\n\nimport (\n' },
  ],
  [
    'a file without a package clause',
    'main.go:1: expected a package clause',
    { 'main.go': 'func main() {}\n' },
  ],
  [
    'a constraint that ends too early',
    'main.go:1: the //go:build line cannot be read: the expression ends',
    { 'main.go': '//go:build linux &&\n\npackage main\n' },
  ],
  [
    'a constraint with one ampersand',
    'main.go:1: the //go:build line cannot be read: `&`',
    { 'main.go': '//go:build linux & amd64\n\npackage main\n' },
  ],
  [
    'a double negation',
    'main.go:1: the //go:build line cannot be read: `!`',
    { 'main.go': '//go:build !!linux\n\npackage main\n' },
  ],
  [
    'an open parenthesis',
    'main.go:1: the //go:build line cannot be read',
    { 'main.go': '//go:build (linux\n\npackage main\n' },
  ],
  [
    'a second constraint',
    'main.go:2: a second //go:build line',
    { 'main.go': '//go:build linux\n//go:build unix\n\npackage main\n' },
  ],
  [
    'a replacement out of the workspace',
    'go.mod:7: `replace example.com/x => ../x` leads out of the workspace, and an image is built from the workspace alone',
    {
      'main.go': IMPORT_X,
      'go.mod': `${GO_MOD}\nrequire example.com/x v1.0.0\n\nreplace example.com/x => ../x\n`,
    },
  ],
  [
    'a replacement by an absolute path, that of another machine',
    'go.mod:7: `replace example.com/x => /home/ann/x` leads out of the workspace',
    {
      'main.go': IMPORT_X,
      'go.mod': `${GO_MOD}\nrequire example.com/x v1.0.0\n\nreplace example.com/x => /home/ann/x\n`,
    },
  ],
  [
    'a replacement of go.work out of the workspace',
    'go.work:5: `replace example.com/x => ../x` leads out of the workspace',
    {
      'go.work': 'go 1.25.0\n\nuse .\n\nreplace example.com/x => ../x\n',
      'main.go': IMPORT_X,
      'go.mod': `${GO_MOD}\nrequire example.com/x v1.0.0\n`,
    },
  ],
  [
    'a replacement by a folder without a module',
    'go.mod:7: `replace example.com/x => ./lib/x`: there is no lib/x/go.mod',
    {
      'main.go': IMPORT_X,
      'go.mod': `${GO_MOD}\nrequire example.com/x v1.0.0\n\nreplace example.com/x => ./lib/x\n`,
      'lib/x/x.go': 'package x\n',
    },
  ],
  [
    'an embed of nothing',
    'main.go:5: //go:embed *.txt: no matching files',
    { 'main.go': `${EMBED}//go:embed *.txt\nvar s string\n` },
  ],
  [
    'an embed above the package',
    'main.go:5: //go:embed ../a: a pattern',
    { 'main.go': `${EMBED}//go:embed ../a\nvar s string\n` },
  ],
  [
    'an embed of a bad pattern',
    'main.go:5: //go:embed [a: the pattern',
    { 'main.go': `${EMBED}//go:embed [a\nvar s string\n` },
  ],
  [
    'an embed of an empty folder',
    'main.go:5: //go:embed d: d holds no file',
    { 'main.go': `${EMBED}//go:embed d\nvar s string\n`, 'd/.x': '' },
  ],
  [
    'an embed of another module',
    'main.go:5: //go:embed d/x: d is another module',
    { 'main.go': `${EMBED}//go:embed d/x\nvar s string\n`, 'd/x': '', 'd/go.mod': 'module example.com/d\n' },
  ],
  [
    'an embed of a bad name',
    'main.go:5: //go:embed *: the name',
    { 'main.go': `${EMBED}//go:embed *\nvar s string\n`, "it's": '' },
  ],
];

describe('what the go command refuses is refused with its place', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'go-workspace-refusal-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it.each(refusals)('%s', (_, message, files) => {
    const all = { 'go.mod': GO_MOD, 'main.go': 'package main\n\nfunc main() {}\n', ...files };
    writeArchive({ comment: '', files: new Map(Object.entries(all)), links: new Map() }, root, '\n');
    expect(refusalOf(root)).toContain(message);
    expect(goRefuses(root)).toBe(true);
  });

  it('a link that is embedded', () => {
    const files = new Map(
      Object.entries({ 'go.mod': GO_MOD, 'main.go': `${EMBED}//go:embed a\nvar s string\n`, b: '' }),
    );
    writeArchive({ comment: '', files, links: new Map([['a', 'b']]) }, root, '\n');
    expect(refusalOf(root)).toContain('main.go:5: //go:embed a: a is reached by a symbolic link');
    expect(goRefuses(root)).toBe(true);
  });
});

function refusalOf(root: string): string {
  try {
    const platforms = [{ os: 'linux', architecture: 'amd64' }] as const;
    buildClosure(readGoWorkspace(diskFileSystem(root)), '.', {
      platforms,
      cgo: false,
      tags: [],
      goVersion: '1.25',
    });
  } catch (error) {
    if (error instanceof GoWorkspaceError) return error.message;
    throw error;
  }
  return 'not refused';
}

function goRefuses(root: string): boolean {
  const env = {
    ...process.env,
    GOENV: 'off',
    GOFLAGS: '',
    GOWORK: '',
    GOOS: 'linux',
    GOARCH: 'amd64',
    CGO_ENABLED: '0',
    GOPROXY: 'off',
    GOTOOLCHAIN: 'local',
  };
  const { status, error } = spawnSync('go', ['build', '-o', join(root, 'app'), '.'], { cwd: root, env });
  if (error) throw error;
  return status !== 0;
}
