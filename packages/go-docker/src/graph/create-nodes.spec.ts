import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createNodes, createNodesV2 } from '../index';

const dockerfile = 'FROM golang AS builder\nFROM scratch AS runner\n';

describe('the plugin', () => {
  let workspaceRoot: string;

  beforeEach(() => {
    workspaceRoot = mkdtempSync(join(tmpdir(), 'go-docker-graph-'));
    const files = {
      'go.mod': 'module example.com/shop\n\ngo 1.25.1\n',
      'apps/api/main.go': 'package main\n\nfunc main() {}\n',
      'apps/api/Dockerfile': dockerfile,
      'apps/web/Dockerfile': dockerfile,
    };
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(workspaceRoot, file)), { recursive: true });
      writeFileSync(join(workspaceRoot, file), text);
    }
  });

  afterEach(() => rmSync(workspaceRoot, { recursive: true }));

  const nodes = (dockerfiles: string[], options = {}) =>
    createNodes[1](dockerfiles, options, { workspaceRoot, nxJsonConfiguration: {} });

  it('is asked for every Dockerfile, under both names that Nx knows', () => {
    expect(createNodes[0]).toBe('**/Dockerfile');
    expect(createNodesV2).toBe(createNodes);
  });

  it('answers for the Go app, and adds nothing for the others', async () => {
    const results = await nodes(['apps/api/Dockerfile', 'apps/web/Dockerfile']);
    const projects = results.map(([file, { projects }]) => [file, Object.keys(projects ?? {})]);
    expect(projects).toEqual([
      ['apps/api/Dockerfile', ['apps/api']],
      ['apps/web/Dockerfile', []],
    ]);
  });

  it('gives the targets the names of the options', async () => {
    const [[, result] = []] = await nodes(['apps/api/Dockerfile'], {
      imageTargetName: 'docker',
      imageLoadTargetName: false,
    });
    expect(Object.keys(result?.projects?.['apps/api']?.targets ?? {})).toEqual(['docker', 'image-size']);
  });

  it('refuses wrong options by name', async () => {
    await expect(async () => nodes(['apps/api/Dockerfile'], { imageTarget: 'docker' })).rejects.toThrow(
      'nx.json: the plugin go-docker has no option `imageTarget`',
    );
  });
});
