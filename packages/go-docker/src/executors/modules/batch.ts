import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { sharedWorkspace } from '../go-workspace';
import { type BatchTaskResult, runBatch } from '../run-batch';
import { writeLinkedModules } from './executor';
import type { ModulesExecutorOptions } from './options';

/**
 * Does for several apps in one process what `go-docker:modules` does for one. Nx makes a batch of what can begin at the same moment, so without this the images
 * that wait for these answers would come to it one by one.
 */
export default function modulesBatch(
  taskGraph: TaskGraph,
  options: Record<string, ModulesExecutorOptions>,
  _overrides: ModulesExecutorOptions,
  context: ExecutorContext,
): AsyncGenerator<BatchTaskResult> {
  return runBatch(taskGraph, context, async (tasks, signal) => {
    const workspace = sharedWorkspace(context);
    for (const task of tasks) {
      await task.end(() => writeLinkedModules(options[task.id] ?? {}, task, signal, workspace));
    }
  });
}
