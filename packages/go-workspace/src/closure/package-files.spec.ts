import { memoryFileSystem } from '../files/memory-file-system';
import { readGoWorkspace } from '../modules/read-workspace';
import { buildClosure } from './build-closure';

const files = {
  'go.mod': 'module example.com/shop\n\ngo 1.26\n',
  'main.go': 'package main\n\nfunc main() {}\n',
  'gen.go': '//go:build ignore\n\npackage main\n',
  'cgo.go': 'package main\n\nimport "C"\n',
  'doc.go': 'package documentation\n',
  'fast.s': '//go:build arm64\n',
  'slow.s': '//go:build !amd64 && !arm64\n',
  'old_arm64.go': '//go:build ignore\n\npackage main\n',
  'old_386.go': '//go:build ignore\n\npackage main\n',
  'main_test.go': '//go:build ignore\n\npackage main\n',
  'page.c': '',
};
const leftOut = (architectures: readonly string[], cgo = false) => {
  const platforms = architectures.map((architecture) => ({ os: 'linux', architecture }) as const);
  const target = { platforms, cgo, tags: [], goVersion: '1.26' };
  return buildClosure(readGoWorkspace(memoryFileSystem(files)), '.', target).packages[0]?.leftOut;
};

describe('the files of a package that are left out', () => {
  it('are those that only what they say keeps from being compiled', () => {
    expect(leftOut(['amd64'])).toEqual(['cgo.go', 'doc.go', 'fast.s', 'gen.go', 'slow.s']);
  });

  it('are left out on all platforms', () => {
    expect(leftOut(['amd64', 'arm64'])).toEqual(['cgo.go', 'doc.go', 'gen.go', 'old_arm64.go', 'slow.s']);
  });

  it('are none that use cgo where that is on', () => {
    expect(leftOut(['amd64'], true)).toEqual(['doc.go', 'fast.s', 'gen.go', 'slow.s']);
  });
});
