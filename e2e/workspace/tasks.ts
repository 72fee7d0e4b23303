/** What Nx did with a task: ran it, put its outputs back, or found them where they should be. */
export type TaskOutcome = 'ran' | 'restored' | 'left as is';

/** Reads from the output of `nx run` or `nx run-many` what became of each task. */
export function taskOutcomes(output: string): Record<string, TaskOutcome> {
  const outcomes: Record<string, TaskOutcome> = {};
  for (const [, task, remark] of output.matchAll(/^(?:> |[✔✖] +)?nx run (\S+?)(?: +\[(.*)\])?$/gm)) {
    if (task !== undefined) outcomes[task] = outcome(remark ?? '');
  }
  return outcomes;
}

/** The tasks that were run, sorted. */
export function tasksRun(output: string): string[] {
  return Object.entries(taskOutcomes(output))
    .flatMap(([task, became]) => (became === 'ran' ? [task] : []))
    .sort();
}

function outcome(remark: string): TaskOutcome {
  if (remark.startsWith('existing outputs')) return 'left as is';
  return remark.includes('cache') ? 'restored' : 'ran';
}
