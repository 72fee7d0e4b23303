import type { Docker } from '../../engines/docker/docker';

/**
 * Shows what a container writes, from its start on; of one that ran before, from now on.
 *
 * @returns Its exit code, once it has ended; undefined where it is gone.
 */
export async function followLogs(
  docker: Docker,
  { id, ranBefore }: { readonly id: string; readonly ranBefore: boolean },
): Promise<number | undefined> {
  let since = ranBefore ? ['--tail=0'] : [];
  for (;;) {
    await docker.run(['logs', '--follow', ...since, id], { inheritStdout: true, inheritStderr: true });
    const seen = new Date().toISOString();
    const { exitCode, stdout } = await docker.run([
      'container',
      'inspect',
      '--format={{.State.Running}} {{.State.ExitCode}}',
      id,
    ]);
    if (exitCode !== 0) return undefined;
    const [running, code] = stdout.trim().split(' ');
    // Somebody restarted it: `docker compose restart`.
    if (running !== 'true') return Number(code);
    since = [`--since=${seen}`];
  }
}
