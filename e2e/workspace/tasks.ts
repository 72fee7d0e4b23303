/**
 * The tasks that Nx ran and did not answer from its cache, sorted, from the output of `nx run` or `nx run-many`. Not those that tell which
 * modules are linked: they run beside others, and have tests of their own.
 */
export function tasksRun(output: string): string[] {
  const lines = [...output.matchAll(/^(?:> |[✔✖] +)?nx run (\S+)(?: (.*))?$/gm)];
  return lines
    .flatMap(([, task = '', rest = '']) => (/\[.*cache.*\]$/.test(rest) ? [] : task))
    .filter((task) => !task.endsWith(':image-modules'))
    .sort();
}
