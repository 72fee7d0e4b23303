import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diskFileSystem, readGoWorkspace } from '@go-docker/go-workspace';
import type { CreateDependenciesContext } from '@nx/devkit';
import fc from 'fast-check';
import { appImageOf } from '../../apps/app-image';
import { imageFiles } from '../../dockerfile/image-files';
import { createDependencies, createNodes } from '../../index';
import { takeOver } from '../graph-in-hand';
import { apply, change, paths, workspace } from './fixtures/changes';

/** What Nx asks for besides the files: options of the plugin, the name of a project, and nodes, edges or both. */
interface Question {
  readonly options: object;
  readonly money: string;
  readonly parts: 'nodes and edges' | 'nodes' | 'edges';
}

const usual: Question = { options: {}, money: 'money', parts: 'nodes and edges' };
const question = fc.oneof(
  { weight: 3, arbitrary: fc.constant(usual) },
  {
    weight: 1,
    arbitrary: fc.record<Question>({
      options: fc.constantFrom({}, { analyzeSourceFiles: false }, { engine: 'native' }),
      money: fc.constantFrom('money', 'coins'),
      parts: fc.constantFrom('nodes and edges', 'nodes', 'edges'),
    }),
  },
);

const round = fc.record({
  changes: fc.array(change, { maxLength: 2 }),
  question,
  /** A file that another process leaves afterwards, which has seen the workspace before the changes. */
  leftBehind: fc.constantFrom(undefined, undefined, undefined, 'graph', 'go-files'),
});

describe('the answers from a graph that was kept', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'go-docker-answers-'));
    writeFiles(join(root, 'original'), Object.entries(workspace));
    writeFiles(join(root, 'original'), renderedFiles(join(root, 'original')));
    // Nx has made its folder before it asks.
    mkdirSync(join(root, 'original/.nx'));
    // What was written a moment ago is not kept.
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 10_000);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    delete process.env['NX_CACHE_PROJECT_GRAPH'];
    rmSync(root, { recursive: true, force: true });
  });

  it('are those of a new graph, whatever has changed in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 8 }), async (rounds) => {
        const folder = mkdtempSync(join(root, 'workspace-'));
        cpSync(join(root, 'original'), folder, { recursive: true });
        await answers(folder, usual);
        for (const { changes, question, leftBehind } of rounds) {
          const file = leftBehind && join(folder, `.nx/workspace-data/go-docker-${leftBehind}.json`);
          const before = file && existsSync(file) ? readFileSync(file) : undefined;
          tickOfClock();
          for (const each of changes) apply(folder, each);
          const given = await answers(folder, question);
          process.env['NX_CACHE_PROJECT_GRAPH'] = 'false';
          const fresh = await answers(folder, question);
          delete process.env['NX_CACHE_PROJECT_GRAPH'];
          expect(given).toEqual(fresh);
          if (file && before) writeFileSync(file, before);
        }
      }),
      { numRuns: 50, interruptAfterTimeLimit: 6_000 },
    );
  }, 60_000);
});

function writeFiles(folder: string, files: Iterable<readonly [path: string, text: string]>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What `setup` writes for the app with generated code. */
function renderedFiles(folder: string): ReadonlyMap<string, string> {
  const go = readGoWorkspace(diskFileSystem(folder));
  const image = appImageOf(go, 'apps/api/Dockerfile', '', { generated: ['libs/gen'] });
  if (!image) throw new Error('no app');
  return imageFiles(image, {}, {});
}

/** The clock is put on, so that files written within one tick of the disk's would count as settled: see `stamp.ts`. */
function tickOfClock(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}

/** What the plugin says in a process of its own. */
async function answers(workspaceRoot: string, { options, money, parts }: Question): Promise<unknown> {
  const nodes = () =>
    createNodes[1](['apps/api/Dockerfile', 'apps/worker/Dockerfile'], options, {
      workspaceRoot,
      nxJsonConfiguration: {},
    });
  const ofApi = paths.filter((path) => path.startsWith('apps/api/')).map((file) => ({ file, hash: '' }));
  const context: CreateDependenciesContext = {
    workspaceRoot,
    projects: {
      api: { root: 'apps/api' },
      worker: { root: 'apps/worker' },
      [money]: { root: 'libs/money' },
      log: { root: 'libs/log' },
    },
    externalNodes: {},
    nxJsonConfiguration: {},
    fileMap: { projectFileMap: { api: ofApi }, nonProjectFiles: [] },
    filesToProcess: { projectFileMap: {}, nonProjectFiles: [] },
  };
  const given = {
    nodes: parts.includes('nodes') ? await nodes() : undefined,
    edges: parts.includes('edges') ? await createDependencies(options, context) : undefined,
  };
  takeOver(workspaceRoot);
  // As Nx passes it from one process to the other, and as it is kept.
  return JSON.parse(JSON.stringify(given)) as unknown;
}
