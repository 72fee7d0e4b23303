import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CreateDependenciesContext, DependencyType } from '@nx/devkit';
import { createDependencies, createNodes } from '../index';

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

  const edges = (
    options = {},
    known = ['apps/api/main.go'],
    projects: CreateDependenciesContext['projects'] = {
      api: { root: 'apps/api' },
      money: { root: 'libs/money' },
    },
  ) => {
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

  it('are kept for the next graph, while neither files nor projects change', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    const kept = join(workspaceRoot, '.nx/workspace-data/go-docker-graph.json');
    // Nx has made its folder before it asks.
    mkdirSync(join(workspaceRoot, '.nx'));
    await edges();
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('"target":"money"', '"target":"from-before"'));
    expect(await edges()).toContainEqual({
      source: 'api',
      target: 'from-before',
      type: DependencyType.implicit,
    });
    expect(await edges({}, [], { coins: { root: 'libs/money' }, api: { root: 'apps/api' } })).toEqual([
      { source: 'api', target: 'coins', type: DependencyType.implicit },
      { source: 'api', target: 'coins', type: DependencyType.implicit },
    ]);
    write({ 'apps/api/gen.pb.go': 'package main\n' });
    expect(await edges()).toEqual([
      { source: 'api', target: 'money', sourceFile: 'apps/api/main.go', type: DependencyType.static },
    ]);
    clock.mockRestore();
  });

  it('are not kept with nodes that were made before a change', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    const kept = join(workspaceRoot, '.nx/workspace-data/go-docker-graph.json');
    mkdirSync(join(workspaceRoot, '.nx'));
    write({ 'apps/api/Dockerfile': 'FROM golang AS builder\nFROM scratch AS runner\n' });
    const nodes = () =>
      createNodes[1](['apps/api/Dockerfile'], undefined, { workspaceRoot, nxJsonConfiguration: {} });
    await nodes();
    await edges();
    writeFileSync(kept, readFileSync(kept, 'utf8').replaceAll('"image-load"', '"from-before"'));
    expect(JSON.stringify(await nodes())).toContain('from-before');
    // A file changes between the nodes and the edges, which are asked for with another project.
    write({ 'apps/api/main.go': 'package main\n' });
    await edges({}, [], { coins: { root: 'libs/money' }, api: { root: 'apps/api' } });
    expect(JSON.stringify(await nodes())).not.toContain('from-before');
    clock.mockRestore();
  });

  it('are kept with nodes as they were, to which Nx has added since what others say of the project', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    mkdirSync(join(workspaceRoot, '.nx'));
    write({ 'apps/api/Dockerfile': 'FROM golang AS builder\nFROM scratch AS runner\n' });
    const metadata = async () => {
      const [[, { projects }] = ['', {}]] = await createNodes[1](['apps/api/Dockerfile'], undefined, {
        workspaceRoot,
        nxJsonConfiguration: {},
      });
      return projects?.['apps/api']?.metadata;
    };
    (await metadata())?.technologies?.push('react');
    await edges();
    expect(readFileSync(join(workspaceRoot, '.nx/workspace-data/go-docker-graph.json'), 'utf8')).toContain(
      'technologies',
    );
    const kept = await metadata();
    expect(kept?.technologies).toEqual(['go', 'docker']);
    // The same nodes are kept once more where other projects have other edges.
    kept?.technologies?.push('react');
    await edges({}, [], { coins: { root: 'libs/money' }, api: { root: 'apps/api' } });
    expect((await metadata())?.technologies).toEqual(['go', 'docker']);
    clock.mockRestore();
  });

  it('can be left to another plugin', async () => {
    expect(await edges({ analyzeSourceFiles: false })).toEqual([]);
  });

  it('are none where the workspace cannot be read, which the executors say', async () => {
    write({ 'go.mod': '<<<<<<< HEAD\n' });
    expect(await edges()).toEqual([]);
  });
});
