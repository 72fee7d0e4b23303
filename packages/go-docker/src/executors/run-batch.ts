import { setMaxListeners } from 'node:events';
import { constants } from 'node:os';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { isMeantToBeRead } from '../errors';
import { prefixed } from '../engines/prefixed';
import { awaitInterruption } from './run';
import { type Task, taskOf } from './task';

/** What Nx is told of one task of a batch. */
export interface BatchTaskResult {
  readonly task: string;
  readonly result: {
    readonly success: boolean;
    /** Printed already: Nx prints it once more only where it answers the task from its cache. */
    readonly terminalOutput: string;
    readonly startTime: number;
    readonly endTime: number;
  };
}

/** One task of a batch. */
export interface BatchTask extends Task {
  readonly id: string;
  /** What its lines begin with, as those of all tasks come on one terminal. */
  readonly linePrefix: string;
  /** Does a part of the task. Where that fails the failure is printed, and the task has ended. */
  step(action: () => Promise<void>): Promise<void>;
  /** Does the rest of the task, which has ended then. */
  end(action: () => Promise<void>): Promise<void>;
}

/**
 * Runs the work of a batch executor. Each task ends alone; one that `action` leaves unended has failed.
 *
 * @returns The results as they come. An interruption ends the process once `action` has cleaned up.
 */
export async function* runBatch(
  taskGraph: TaskGraph,
  context: ExecutorContext,
  action: (tasks: readonly BatchTask[], signal: AbortSignal) => Promise<void>,
): AsyncGenerator<BatchTaskResult> {
  const interruption = awaitInterruption();
  // Each build at once listens for the end of the process and of the batch: more than ten are no leak.
  for (const emitter of [process, interruption.signal]) setMaxListeners(0, emitter);
  const results = new Results();
  const tasks = Object.values(taskGraph.tasks).map(({ id, target: { project, target } }) =>
    batchTask(id, taskOf({ ...context, projectName: project, targetName: target }), results, () =>
      interruption.name(),
    ),
  );
  const work = action(tasks, interruption.signal)
    .catch((error: unknown) => console.error(error))
    .then(() => tasks.forEach(({ id }) => results.add(id, false)));
  try {
    for (let left = tasks.length; left > 0; left--) yield await results.next();
    await work;
  } finally {
    interruption.stop();
    const name = interruption.name();
    if (name) console.error(`\nInterrupted by ${name}\n`);
    if (name) process.exit(128 + constants.signals[name]);
  }
}

function batchTask(
  id: string,
  task: Task,
  results: Results,
  interruption: () => string | undefined,
): BatchTask {
  const linePrefix = `[${task.project}] `;
  const attempt = async (action: () => Promise<void>): Promise<boolean> => {
    try {
      await action();
      return true;
    } catch (error) {
      const text = isMeantToBeRead(error)
        ? error.message
        : String(error instanceof Error ? error.stack : error);
      if (!interruption()) console.error(prefixed(text, linePrefix));
      return false;
    }
  };
  return {
    ...{ ...task, id, linePrefix },
    step: async (action) => {
      if (!(await attempt(action))) results.add(id, false);
    },
    end: async (action) => results.add(id, await attempt(action)),
  };
}

/** Results as they come, each task's first. */
class Results {
  private readonly known = new Set<string>();
  private readonly ready: BatchTaskResult[] = [];
  private readonly startTime = Date.now();
  private wake: () => void = () => undefined;

  add(task: string, success: boolean): void {
    if (this.known.has(task)) return;
    this.known.add(task);
    const { startTime } = this;
    this.ready.push({ task, result: { success, terminalOutput: '', startTime, endTime: Date.now() } });
    this.wake();
  }

  async next(): Promise<BatchTaskResult> {
    for (;;) {
      const result = this.ready.shift();
      if (result) return result;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
