import { availableParallelism } from 'node:os';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { Companion, Engine } from '../../engines/engine';
import { selectOnce } from '../../engines/select-engine';
import { Turns } from '../../engines/turns';
import { sharedWorkspace } from '../go-workspace';
import { type BatchTask, type BatchTaskResult, runBatch } from '../run-batch';
import { buildImage, prepareImage, type PreparedImage } from './build-image';
import type { ImageExecutorOptions } from './options';

/** Builds the images of several apps in one process: what `go-docker:image` does for one, done at once where that can be. */
export default function imageBatch(
  taskGraph: TaskGraph,
  options: Record<string, ImageExecutorOptions>,
  _overrides: ImageExecutorOptions,
  context: ExecutorContext,
): AsyncGenerator<BatchTaskResult> {
  return runBatch(taskGraph, context, async (tasks, signal) => {
    const prepared = new Map<BatchTask, PreparedImage>();
    // Checks read the workspace and ask Docker: a few at a time, and in their order.
    const turns = new Turns(availableParallelism());
    const shared = { workspace: sharedWorkspace(context), select: selectOnce() };
    const prepare = async (task: BatchTask) => {
      const { linePrefix } = task;
      const image = await prepareImage(options[task.id] ?? {}, task, signal, { linePrefix, ...shared });
      prepared.set(task, image);
    };
    await Promise.all(tasks.map((task) => turns.inTurn(() => task.step(() => prepare(task)))));
    await Promise.all([...byEngine(prepared)].map(([engine, members]) => buildAll(engine, members, signal)));
  });
}

type Members = readonly (readonly [BatchTask, PreparedImage])[];

function byEngine(prepared: ReadonlyMap<BatchTask, PreparedImage>): ReadonlyMap<Engine, Members> {
  const engines = new Map<string, Engine>();
  const members = new Map<Engine, Members>();
  for (const entry of prepared) {
    const { engine } = entry[1];
    const same = engines.get(engine.name) ?? engine;
    engines.set(engine.name, same);
    members.set(same, [...(members.get(same) ?? []), entry]);
  }
  return members;
}

function buildAll(engine: Engine, members: Members, signal: AbortSignal): Promise<void> {
  return engine.together(members.length, signal, async (companions) => {
    await Promise.all(
      members.map(([task, { plan }], at) => {
        const companion: Companion | undefined = companions[at];
        if (!companion) throw new Error('there are fewer companions than images');
        return task
          .end(async () => void (await buildImage(plan, companion, signal)))
          .finally(() => companion.leave());
      }),
    );
  });
}
