/** The tasks that Nx ran and did not answer from its cache, sorted, from the output of `nx run` or `nx run-many`. */
export function tasksRun(output: string): string[] {
  const lines = [...output.matchAll(/^(?:> |[✔✖] +)?nx run (\S+)(?: (.*))?$/gm)];
  return lines.flatMap(([, task = '', rest = '']) => (/\[.*cache.*\]$/.test(rest) ? [] : task)).sort();
}
