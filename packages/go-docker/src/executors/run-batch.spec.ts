import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { runBatch, wavesOf } from './run-batch';

/** @param dependencies of each task, by the names of projects */
function graphOf(dependencies: Readonly<Record<string, readonly string[]>>): TaskGraph {
  const idOf = (project: string) => `${project}:image`;
  const tasks = Object.keys(dependencies).map((project) => [
    idOf(project),
    {
      id: idOf(project),
      target: { project, target: 'image' },
      overrides: {},
      outputs: [],
      parallelism: true,
    },
  ]);
  return {
    roots: [],
    tasks: Object.fromEntries(tasks),
    dependencies: Object.fromEntries(
      Object.entries(dependencies).map(([project, needed]) => [idOf(project), needed.map(idOf)]),
    ),
    continuousDependencies: {},
  };
}

const contextFor = (graph: TaskGraph): ExecutorContext => ({
  root: '/w',
  cwd: '/w',
  isVerbose: false,
  projectsConfigurations: {
    version: 2,
    projects: Object.fromEntries(
      Object.values(graph.tasks).map(({ target: { project } }) => [project, { root: project }]),
    ),
  },
  nxJsonConfiguration: {},
  projectGraph: { nodes: {}, dependencies: {} },
});

describe('a batch', () => {
  let complained = '';
  beforeEach(() => {
    complained = '';
    jest.spyOn(console, 'error').mockImplementation((text) => void (complained += `${text}\n`));
  });
  afterEach(() => jest.restoreAllMocks());

  /** The projects whose action was called, at once or after each other, and how each ended. */
  async function outcome(graph: TaskGraph, failing: readonly string[] = []) {
    const waves: string[][] = [];
    const results: Record<string, boolean> = {};
    const batch = runBatch(graph, contextFor(graph), async (tasks) => {
      waves.push(tasks.map(({ project }) => project));
      await Promise.all(
        tasks.map((task) =>
          task.end(async () => {
            if (failing.includes(task.project)) throw new Error('broken');
          }),
        ),
      );
    });
    for await (const { task, result } of batch) results[task] = result.success;
    return { waves, results };
  }

  it('does at once what needs nothing of each other', async () => {
    expect(await outcome(graphOf({ api: [], web: [], worker: ['elsewhere'] }))).toEqual({
      waves: [['api', 'web', 'worker']],
      results: { 'api:image': true, 'web:image': true, 'worker:image': true },
    });
  });

  it('does what others need before them', async () => {
    const { waves } = await outcome(graphOf({ api: ['base'], base: ['os'], os: [], web: ['base', 'os'] }));
    expect(waves).toEqual([['os'], ['base'], ['api', 'web']]);
  });

  it('lets fail what needs one that has failed, and nothing else', async () => {
    const { waves, results } = await outcome(
      graphOf({ base: [], other: [], api: ['base'], web: ['api'], worker: ['other'] }),
      ['base'],
    );
    expect(waves).toEqual([['base', 'other'], ['worker']]);
    expect(results).toEqual({
      'base:image': false,
      'other:image': true,
      'api:image': false,
      'web:image': false,
      'worker:image': true,
    });
    expect(complained).toContain('[api] not done, because base:image has failed');
    expect(complained).toContain('[web] not done, because api:image has failed');
  });

  it('goes on with what needs nothing of tasks that break together', async () => {
    const graph = graphOf({ api: [], web: ['api'], os: ['elsewhere'], worker: ['os'] });
    const results: Record<string, boolean> = {};
    let waves = 0;
    const batch = runBatch(graph, contextFor(graph), async (tasks) => {
      for (const task of tasks.filter(({ project }) => project !== 'api'))
        await task.end(async () => undefined);
      if (waves++ === 0) throw new Error('the disk is full');
    });
    for await (const { task, result } of batch) results[task] = result.success;
    expect(results).toEqual({
      'api:image': false,
      'web:image': false,
      'os:image': true,
      'worker:image': true,
    });
    expect(complained).toContain('the disk is full');
  });

  it('ends where tasks need each other in a circle', () => {
    expect(wavesOf(graphOf({ api: ['web'], web: ['api'], os: [] }))).toEqual([
      ['os:image'],
      ['api:image', 'web:image'],
    ]);
  });
});
