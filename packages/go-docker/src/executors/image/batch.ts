import { availableParallelism } from 'node:os';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import type { Companion, Engine } from '../../engines/engine';
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
    await inTurns(tasks, async (task) => {
      const { id, linePrefix } = task;
      await task.step(async () => {
        prepared.set(task, await prepareImage(options[id] ?? {}, task, signal, linePrefix));
      });
    });
    await Promise.all([...byEngine(prepared)].map(([engine, members]) => buildAll(engine, members, signal)));
  });
}

/** Checks read the workspace and ask Docker: a few at a time, and in their order. */
async function inTurns<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await action(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
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
