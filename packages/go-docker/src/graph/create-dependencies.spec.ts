import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CreateDependenciesContext, DependencyType } from '@nx/devkit';
import { createDependencies } from '../index';

describe('the edges of the project graph', () => {
  let workspaceRoot: string;
  const write = (files: Record<string, string>) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(workspaceRoot, file)), { recursive: true });
      writeFileSync(join(workspaceRoot, file), text);
    }
  };

  beforeEach(() => {
    workspaceRoot = mkdtempSync(join(tmpdir(), 'go-docker-edges-'));
    write({
      'go.mod': 'module example.com/shop\n\ngo 1.25.1\n',
      'apps/api/main.go': 'package main\n\nimport _ "example.com/shop/libs/money"\n',
      'apps/api/gen.pb.go': 'package main\n\nimport _ "example.com/shop/libs/money"\n',
      'libs/money/money.go': 'package money\n',
    });
  });
  afterEach(() => rmSync(workspaceRoot, { recursive: true }));

  const edges = (options = {}, known = ['apps/api/main.go']) => {
    const projects = { api: { root: 'apps/api' }, money: { root: 'libs/money' } };
    const projectFileMap = { api: known.map((file) => ({ file, hash: '' })), money: [] };
    const context: CreateDependenciesContext = {
      workspaceRoot,
      projects,
      externalNodes: {},
      nxJsonConfiguration: {},
      fileMap: { projectFileMap, nonProjectFiles: [] },
      filesToProcess: { projectFileMap: {}, nonProjectFiles: [] },
    };
    return createDependencies(options, context);
  };

  it('name the file that imports, where Nx knows it', async () => {
    expect(await edges({}, ['apps/api/main.go', 'apps/api/gen.pb.go'])).toEqual([
      { source: 'api', target: 'money', type: DependencyType.static, sourceFile: 'apps/api/gen.pb.go' },
      { source: 'api', target: 'money', type: DependencyType.static, sourceFile: 'apps/api/main.go' },
    ]);
    expect(await edges()).toContainEqual({ source: 'api', target: 'money', type: DependencyType.implicit });
  });

  it('follow the files from one graph to the next', async () => {
    expect(await edges()).toHaveLength(2);
    write({ 'apps/api/main.go': 'package main\n', 'apps/api/gen.pb.go': 'package main\n' });
    expect(await edges()).toEqual([]);
  });

  it('can be left to another plugin', async () => {
    expect(await edges({ analyzeSourceFiles: false })).toEqual([]);
  });

  it('are none where the workspace cannot be read, which the executors say', async () => {
    write({ 'go.mod': '<<<<<<< HEAD\n' });
    expect(await edges()).toEqual([]);
  });
});
