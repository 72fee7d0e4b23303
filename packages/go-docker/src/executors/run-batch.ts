import { setMaxListeners } from 'node:events';
import { constants } from 'node:os';
import type { ExecutorContext, TaskGraph } from '@nx/devkit';
import { GoDockerError, isMeantToBeRead } from '../errors';
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
  const work = inWaves(taskGraph, tasks, results, (wave) => action(wave, interruption.signal))
    .catch((error: unknown) => console.error(error))
    .then(() => tasks.forEach(({ id }) => results.add(id, false)));
  try {
    for (let left = tasks.length; left > 0; left--) {
      const result = await results.next();
      // Nobody may be there to hear it: what asks for more once the channel to Nx is closed ends the process, and nothing is cleaned up.
      if (interruption.name()) break;
      yield result;
    }
  } finally {
    await work;
    interruption.stop();
    const name = interruption.name();
    if (name) console.error(`\nInterrupted by ${name}\n`);
    if (name) process.exit(128 + constants.signals[name]);
  }
}

/**
 * Nx puts into a batch what depends on nothing outside of it: a task may need what another one of the batch makes. So those come first that need none,
 * and who needs one that has failed fails.
 */
async function inWaves(
  taskGraph: TaskGraph,
  tasks: readonly BatchTask[],
  results: Results,
  action: (wave: readonly BatchTask[]) => Promise<void>,
): Promise<void> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  for (const ids of wavesOf(taskGraph)) {
    const wave: BatchTask[] = [];
    for (const task of ids.flatMap((id) => byId.get(id) ?? [])) {
      const failed = taskGraph.dependencies[task.id]?.find((id) => results.hasFailed(id));
      if (failed === undefined) wave.push(task);
      else await task.end(() => Promise.reject(new GoDockerError(`not done, because ${failed} has failed`)));
    }
    if (wave.length === 0) continue;
    // What breaks one wave as a whole says nothing about what needs none of it.
    await action(wave).catch((error: unknown) => console.error(error));
    for (const { id } of wave) results.add(id, false);
  }
}

/** The tasks of a batch in the order of what they need of each other: each wave needs nothing but what earlier ones have made. */
export function wavesOf({
  tasks,
  dependencies,
}: Pick<TaskGraph, 'tasks' | 'dependencies'>): readonly (readonly string[])[] {
  const waves: string[][] = [];
  const left = new Set(Object.keys(tasks));
  while (left.size > 0) {
    const ready = [...left].filter((id) => !(dependencies[id] ?? []).some((needed) => left.has(needed)));
    // Nx refuses tasks that need each other in a circle.
    const wave = ready.length > 0 ? ready : [...left];
    for (const id of wave) left.delete(id);
    waves.push(wave);
  }
  return waves;
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
  private readonly known = new Map<string, boolean>();
  private readonly ready: BatchTaskResult[] = [];
  private readonly startTime = Date.now();
  private wake: () => void = () => undefined;

  add(task: string, success: boolean): void {
    if (this.known.has(task)) return;
    this.known.set(task, success);
    const { startTime } = this;
    this.ready.push({ task, result: { success, terminalOutput: '', startTime, endTime: Date.now() } });
    this.wake();
  }

  hasFailed(task: string): boolean {
    return this.known.get(task) === false;
  }

  async next(): Promise<BatchTaskResult> {
    for (;;) {
      const result = this.ready.shift();
      if (result) return result;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
