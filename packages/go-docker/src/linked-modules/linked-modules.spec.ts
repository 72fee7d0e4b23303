import { buildClosure, memoryFileSystem, readGoWorkspace } from '@go-docker/go-workspace';
import { linkedModules } from './linked-modules';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;
const shop = {
  'go.work': lines('go 1.25.1', 'godebug http2client=0', 'use (', './api', './lib', './other', ')'),
  'api/go.mod': lines('module example.com/api', 'go 1.24.0', 'require gopkg.in/yaml.v3 v3.0.1'),
  'api/main.go': lines('package main', 'import _ "example.com/lib"', 'import _ "gopkg.in/yaml.v3"'),
  'lib/go.mod': lines('module example.com/lib', 'go 1.23.0'),
  'lib/lib.go': lines('package lib'),
  'other/go.mod': lines('module example.com/other', 'go 1.22.0'),
};
const TARGET = {
  platforms: [{ os: 'linux', architecture: 'amd64' } as const],
  cgo: false,
  tags: [],
  goVersion: '1.25.1',
};

function linked(files: Record<string, string>, external: Parameters<typeof linkedModules>[2]) {
  const workspace = readGoWorkspace(memoryFileSystem({ ...shop, ...files }));
  return linkedModules(workspace, buildClosure(workspace, 'api', TARGET), external);
}

describe('what module files decide about a program', () => {
  const yaml = { path: 'gopkg.in/yaml.v3', version: 'v3.0.1' };

  it('is the language of its modules, how it is built, and the linked versions in one order', () => {
    const other = { path: 'example.com/x', version: 'v1.0.0' };
    expect(linked({}, [yaml, other, yaml])).toEqual({
      local: [
        { path: 'example.com/api', go: '1.24.0' },
        { path: 'example.com/lib', go: '1.23.0' },
      ],
      settings: { go: '1.25.1', toolchain: undefined, godebug: ['http2client=0'] },
      external: [other, yaml],
    });
  });

  it('stays the same where only modules change that it does not link', () => {
    const more = lines(shop['api/go.mod'], 'require example.com/test-only v1.0.0', '// reviewed');
    const files = { 'api/go.mod': more, 'api/go.sum': 'example.com/test-only v1.0.0 h1:x=\n' };
    expect(linked(files, [yaml])).toEqual(linked({}, [yaml]));
  });

  it('is every byte of those files where Go could not tell the linked modules', () => {
    const { external } = linked({}, undefined);
    expect(external).toEqual({
      digests: {
        'api/go.mod': expect.stringMatching(/^[0-9a-f]{64}$/),
        'go.work': expect.stringMatching(/^[0-9a-f]{64}$/),
        'lib/go.mod': expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    expect(linked({ 'lib/go.mod': `${shop['lib/go.mod']}// x\n` }, undefined).external).not.toEqual(external);
  });
});
