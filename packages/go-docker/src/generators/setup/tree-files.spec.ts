import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FsTree } from 'nx/src/generators/tree';
import { treeFiles } from './tree-files';

describe('the files of a tree', () => {
  let root: string;
  let tree: FsTree;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'go-docker-tree-'));
    mkdirSync(join(root, 'apps/api'), { recursive: true });
    writeFileSync(join(root, 'apps/api/go.mod'), 'module api\n');
    writeFileSync(join(root, 'apps/api/main.go'), 'package main\n');
    tree = new FsTree(root, false);
  });

  afterEach(() => rmSync(root, { recursive: true }));

  const names = (path: string): string[] =>
    treeFiles(tree)
      .readDirectory(path)
      .map(({ name, kind }) => `${kind} ${name}`)
      .sort();

  it('are those on disk', () => {
    expect(names('.')).toEqual(['directory apps']);
    expect(names('apps/api')).toEqual(['file go.mod', 'file main.go']);
    expect(treeFiles(tree).readFile('apps/api/go.mod')).toBe('module api\n');
  });

  it('are what is written but not yet on disk', () => {
    tree.write('apps/api/go.mod', 'module changed\n');
    tree.write('libs/money/money.go', 'package money\n');
    expect(names('.')).toEqual(['directory apps', 'directory libs']);
    expect(names('libs/money')).toEqual(['file money.go']);
    expect(names('apps/api')).toEqual(['file go.mod', 'file main.go']);
    expect(treeFiles(tree).readFile('apps/api/go.mod')).toBe('module changed\n');
  });

  it('are not what is deleted but still on disk', () => {
    tree.delete('apps/api/main.go');
    expect(names('apps/api')).toEqual(['file go.mod']);
    expect(treeFiles(tree).readFile('apps/api/main.go')).toBeUndefined();
    tree.delete('apps');
    expect(names('.')).toEqual([]);
    expect(treeFiles(tree).readFile('apps/api/go.mod')).toBeUndefined();
  });
});
