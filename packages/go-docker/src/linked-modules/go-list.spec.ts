import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ListedProgram, listExternalModules, parseModules } from './go-list';

const LINUX = { os: 'linux', architecture: 'amd64' } as const;

describe('the modules that go list names', () => {
  it('are each there once, with what takes their place', () => {
    const lines = [
      'gopkg.in/yaml.v3 v3.0.1',
      '',
      'example.com/a v1.0.0 example.com/b v1.2.0',
      'gopkg.in/yaml.v3 v3.0.1',
    ];
    expect(parseModules(`${lines.join('\n')}\n`)).toEqual([
      { path: 'gopkg.in/yaml.v3', version: 'v3.0.1' },
      { path: 'example.com/a', version: 'v1.0.0', replacement: { path: 'example.com/b', version: 'v1.2.0' } },
    ]);
  });
});

describe('asking Go', () => {
  let root: string;
  const listed = (env: NodeJS.ProcessEnv = {}) => {
    const before = { ...process.env };
    Object.assign(process.env, env);
    const program: ListedProgram = {
      workspaceRoot: root,
      packageDir: 'api',
      usesWorkFile: false,
      cgo: false,
      tags: [],
      privateModules: [],
    };
    return listExternalModules(program, LINUX, new AbortController().signal).finally(
      () => (process.env = before),
    );
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'go-list-'));
    for (const [path, text] of Object.entries({
      'api/go.mod':
        'module example.com/api\n\ngo 1.21\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../lib\n',
      'api/main.go': 'package main\n\nimport _ "example.com/lib"\n\nfunc main() {}\n',
      'api/other_windows.go': 'package main\n\nimport _ "example.com/gone"\n',
      'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n',
      'lib/lib.go': 'package lib\n\nimport _ "fmt"\n',
    })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('leaves out what is in the workspace and in the standard library, whatever the shell says of the platform', async () => {
    expect(await listed({ GOOS: 'windows', GOFLAGS: '-tags=x -mod=vendor' })).toEqual({ modules: [] });
  });

  it('gives the reason in one line where a module cannot be had', async () => {
    writeFileSync(join(root, 'lib/lib.go'), 'package lib\n\nimport _ "example.com/gone"\n');
    expect(await listed({ GOPROXY: 'off' })).toEqual({ reason: expect.stringContaining('example.com/gone') });
  });

  it('says so where there is no Go', async () => {
    expect(await listed({ PATH: root })).toEqual({ reason: 'there is no go on the PATH' });
  });
});
