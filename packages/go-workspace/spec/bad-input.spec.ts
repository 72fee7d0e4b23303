import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildClosure,
  diskFileSystem,
  findApps,
  GoWorkspaceError,
  memoryFileSystem,
  readGoWorkspace,
  type BuildClosure,
  type FileSystem,
} from '../src';

const GO_MOD = 'module example.com/app\n\ngo 1.25.0\n';
const MAIN = 'package main\n\nfunc main() {}\n';
const MEGABYTE = 1024 * 1024;

type Files = Readonly<Record<string, string>>;

/** What is wrong, the beginning of what is said about it, and the files. */
const refused: [name: string, message: string, files: Files][] = [
  [
    'a go.mod with a conflict',
    'go.mod:4: a marker of a merge that was not finished',
    { 'go.mod': 'module example.com/app\n\ngo 1.25.0\n<<<<<<< HEAD\n=======\n>>>>>>> other\n' },
  ],
  ['a go.mod of NUL bytes', 'go.mod', { 'go.mod': '\0\0\0\0' }],
  ['an empty go.mod', 'go.mod: no `module` line', { 'go.mod': '' }],
  ['a go.mod cut off in a string', 'go.mod:1: a string', { 'go.mod': 'module "example.com/app' }],
  ['a go.mod cut off in a block', 'go.mod:2: the block', { 'go.mod': 'module a\nrequire (\n\tb v1.0.0\n' }],
  ['a go.mod of one long string', 'go.mod:1: a string', { 'go.mod': `module "${'a'.repeat(8 * MEGABYTE)}` }],
  ['a go.mod of escapes', 'go.mod:1: a string', { 'go.mod': `module "${'\\a'.repeat(4 * MEGABYTE)}` }],
  ['a binary file', 'main.go:1: expected a package clause', { 'main.go': '\u007fELF\u0002\u0001\uFFFD\0\0' }],
  ['a large binary file', 'main.go:1: expected', { 'main.go': '\uFFFD\u0001'.repeat(25 * MEGABYTE) }],
  ['an empty file', 'main.go:1: expected a package clause', { 'main.go': '' }],
  ['a file of NUL bytes', 'main.go:1: expected a package clause', { 'main.go': '\0'.repeat(MEGABYTE) }],
  ['a NUL byte in a comment', 'main.go:2: a NUL byte', { 'main.go': `// a\n// \0\n${MAIN}` }],
  ['a file cut off in its first comment', 'main.go:1: a comment that does not end', { 'main.go': '/* a' }],
  [
    'a file cut off in a comment among its imports',
    'main.go:4: a comment that does not end',
    { 'main.go': 'package main\n\nimport (\n\t/* a\n\t"fmt"\n)\n' },
  ],
  [
    'a file cut off in a path',
    'main.go:2: expected an import path',
    { 'main.go': 'package main\nimport "fm' },
  ],
  ['a file cut off in a raw path', 'main.go:2: expected an', { 'main.go': 'package main\nimport `fmt\n\n' }],
  ['a file cut off in a block', 'main.go:3: expected an', { 'main.go': 'package main\nimport (\n\t"fmt"\n' }],
  ['a file cut off after import', 'main.go:2: expected an', { 'main.go': 'package main\nimport' }],
  [
    'a constraint of open parentheses',
    'main.go:1: the //go:build line cannot be read',
    { 'main.go': `//go:build ${'('.repeat(MEGABYTE)}\n\n${MAIN}` },
  ],
  [
    'a module path with a blank',
    'go.mod:1: expected `module example.com/path`',
    { 'go.mod': 'module example.com/my app\n' },
  ],
];

describe('a file that cannot be read', () => {
  it.each(refused)('is refused by its line: %s', (_, message, files) => {
    expect(refusalOf({ 'go.mod': GO_MOD, 'main.go': MAIN, ...files })).toMatch(beginning(message));
  });

  it('is named where the system refuses it', () => {
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    for (const broken of ['go.mod', 'main.go']) {
      const message = refusalOf(throwingFor(broken, denied));
      expect(message).toMatch(beginning(`${broken}: it cannot be read: EACCES: permission denied\n→ Give`));
    }
  });

  it('is no obstacle where it is a folder that nobody may list', () => {
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    expect(goFilesOf(throwingFor('data', denied, { 'data/x': '' }))).toEqual(['main.go']);
  });
});

/** Texts of which Go takes what we take of them. */
const taken: [name: string, main: string][] = [
  ['lines that end as in Windows', 'package main\r\n\r\nimport (\r\n\t"fmt"\r\n)\r\n\r\nfunc main() {}\r\n'],
  ['a byte order mark', `\uFEFF${MAIN}`],
  ['no line end', 'package main; import "fmt"'],
  ['bytes that are no UTF-8, below the imports', `${MAIN}// \uFFFD\n`],
  ['a body that does not end', 'package main\n\nfunc main() { "'],
  ['a large body', `${MAIN}${'// text\n'.repeat(6.25 * MEGABYTE)}`],
  ['a large first comment', `/*${' text\n'.repeat(8.5 * MEGABYTE)}*/\n${MAIN}`],
  ['a long line', `//${'x'.repeat(50 * MEGABYTE)}\n${MAIN}`],
  ['deep nesting', `${MAIN}var x = ${'('.repeat(MEGABYTE)}`],
  ['a deep constraint', `//go:build ${'('.repeat(900)}linux${')'.repeat(900)}\n\n${MAIN}`],
  ['many imports', `package main\n\nimport (\n${'\t_ "fmt"\n'.repeat(100_000)})\n`],
  [
    'embedded nothing, after a long string',
    `package main\n\nimport _ "embed"\n\nvar s = "${'\\\\'.repeat(4 * MEGABYTE)}"\n`,
  ],
];

describe('an unusual file', () => {
  it.each(taken)('is read: %s', (_, main) => {
    const started = performance.now();
    expect(goFilesOf(memoryFileSystem({ 'go.mod': GO_MOD, 'main.go': main }))).toEqual(['main.go']);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('a workspace that goes in circles', () => {
  it('with packages that import each other, which the compiler refuses', () => {
    const closure = closureOf(
      memoryFileSystem({
        'go.mod': GO_MOD,
        'main.go': 'package main\n\nimport _ "example.com/app/a"\n',
        'a/a.go': 'package a\n\nimport _ "example.com/app/b"\n',
        'b/b.go': 'package b\n\nimport (\n\t_ "example.com/app/a"\n\t_ "example.com/app/b"\n)\n',
      }),
    );
    expect(closure.packages.map(({ dir }) => dir)).toEqual(['.', 'a', 'b']);
  });

  it('with modules that replace each other', () => {
    const mod = (name: string, other: string): string =>
      `module ${name}\n\ngo 1.25.0\n\nrequire ${other} v1.0.0\n\nreplace ${other} => ../${other}\n`;
    const workspace = readGoWorkspace(
      memoryFileSystem({ 'a/go.mod': mod('a', 'b'), 'b/go.mod': mod('b', 'a') }),
    );
    expect(workspace.modules.map(({ dir }) => dir)).toEqual(['a', 'b']);
  });

  describe('on disk', () => {
    let root: string;
    beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'go-workspace-bad-'))));
    afterEach(() => rmSync(root, { recursive: true, force: true }));

    it('with links to a folder above, to each other, and a folder named like a Go file', () => {
      mkdirSync(join(root, 'a'));
      mkdirSync(join(root, 'x.go'));
      for (const [path, text] of Object.entries({
        'go.mod': GO_MOD,
        'main.go': MAIN,
        'a/a.go': 'package a\n',
      }))
        writeFileSync(join(root, path), text);
      symlinkSync('..', join(root, 'a/up'));
      symlinkSync('.', join(root, 'a/self'));
      symlinkSync('one', join(root, 'two'));
      symlinkSync('two', join(root, 'one'));
      symlinkSync('loop.go', join(root, 'loop.go'));
      expect(findApps(readGoWorkspace(diskFileSystem(root))).map(({ packageDir }) => packageDir)).toEqual([
        '.',
      ]);
      expect(goFilesOf(diskFileSystem(root))).toEqual(['main.go']);
    });

    it('with a first comment longer than what is read of a file at first', () => {
      writeFileSync(join(root, 'go.mod'), GO_MOD);
      writeFileSync(
        join(root, 'main.go'),
        `${'// é\n'.repeat(5_000)}package main\n\nimport "example.com/app/gone"\n`,
      );
      expect(refusalOf(diskFileSystem(root))).toMatch(
        beginning('main.go:5003: import "example.com/app/gone"'),
      );
    });
  });
});

function closureOf(files: FileSystem): BuildClosure {
  const platforms = [{ os: 'linux', architecture: 'amd64' }] as const;
  return buildClosure(readGoWorkspace(files), '.', { platforms, cgo: false, tags: [], goVersion: '1.25' });
}

function goFilesOf(files: FileSystem): readonly string[] {
  return closureOf(files).packages.flatMap(({ goFiles }) => goFiles);
}

function refusalOf(files: Files | FileSystem): string {
  try {
    closureOf(isFileSystem(files) ? files : memoryFileSystem(files));
  } catch (error) {
    if (error instanceof GoWorkspaceError) return error.message;
    throw error;
  }
  return 'not refused';
}

function isFileSystem(files: Files | FileSystem): files is FileSystem {
  return typeof files.readFile === 'function';
}

/** Good files, of which one cannot be read. */
function throwingFor(broken: string, error: Error, more: Files = {}): FileSystem {
  const files = memoryFileSystem({ 'go.mod': GO_MOD, 'main.go': MAIN, ...more });
  const guarded = <T>(path: string, value: T): T => {
    if (path === broken) throw error;
    return value;
  };
  return {
    readFile: (path) => guarded(path, files.readFile(path)),
    readDirectory: (path) => guarded(path, files.readDirectory(path)),
  };
}

function beginning(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
