import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
    expect(Object.keys(result?.projects?.['apps/api']?.targets ?? {})).toEqual([
      'docker',
      'image-size',
      'image-compare',
      'image-push',
    ]);
  });

  describe('with the answers of an earlier graph', () => {
    const kept = () => join(workspaceRoot, '.nx/workspace-data/go-docker-graph.json');
    const targets = async (options = {}) => {
      const [[, result] = []] = await nodes(['apps/api/Dockerfile'], {
        analyzeSourceFiles: false,
        ...options,
      });
      return Object.keys(result?.projects?.['apps/api']?.targets ?? {});
    };
    /** What is told of a graph, where it is not read anew. */
    const spoil = () =>
      writeFileSync(kept(), readFileSync(kept(), 'utf8').replace('"image-load"', '"from-before"'));
    // What was written a moment ago is not kept.
    beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000));
    afterEach(() => jest.restoreAllMocks());

    it('gives the same ones while nothing has changed', async () => {
      const before = await nodes(['apps/api/Dockerfile'], { analyzeSourceFiles: false });
      expect(await nodes(['apps/api/Dockerfile'], { analyzeSourceFiles: false })).toEqual(before);
      spoil();
      expect(await targets()).toContain('from-before');
    });

    it('reads anew once a file says something else, or something else is asked', async () => {
      await targets();
      spoil();
      expect(await targets({ imageSizeTargetName: 'size' })).toContain('image-load');
      await targets();
      spoil();
      expect(await targets()).toContain('from-before');
      const main = join(workspaceRoot, 'apps/api/main.go');
      appendFileSync(main, '// changed\n');
      expect(await targets()).toContain('from-before');
      writeFileSync(main, `//go:build linux\n\n${readFileSync(main, 'utf8')}`);
      expect(await targets()).toContain('image-load');
    });

    it('reads no Go file again that has not changed', async () => {
      await targets();
      const goFiles = join(workspaceRoot, '.nx/workspace-data/go-docker-go-files.json');
      writeFileSync(
        goFiles,
        readFileSync(goFiles, 'utf8').replace('"packageName":"main"', '"packageName":"other"'),
      );
      appendFileSync(join(workspaceRoot, 'go.mod'), '// changed\n');
      expect(await targets()).toEqual([]);
      appendFileSync(join(workspaceRoot, 'apps/api/main.go'), '// changed\n');
      expect(await targets()).toContain('image');
    });
  });

  it('refuses wrong options by name', async () => {
    await expect(async () => nodes(['apps/api/Dockerfile'], { imageTarget: 'docker' })).rejects.toThrow(
      'nx.json: the plugin go-docker has no option `imageTarget`',
    );
  });
});
