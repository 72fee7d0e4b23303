import { type ProgramResult, runProgram } from '../../engines/program';

/**
 * Who listens on a TCP port, as far as this user may see it: `the container shop-db-1`, `node (process 4711)`.
 *
 * @returns undefined where nobody can say.
 */
export async function portHolder(port: number, signal: AbortSignal): Promise<string | undefined> {
  return (await container(port, signal)) ?? (await bySs(port, signal)) ?? (await byLsof(port, signal));
}

async function container(port: number, signal: AbortSignal): Promise<string | undefined> {
  const listing = await attempt(
    'docker',
    ['ps', `--filter=publish=${port}/tcp`, '--format={{.Names}}'],
    signal,
  );
  const [name = ''] = listing.split(/\r?\n/);
  return name === '' ? undefined : `the container ${name}`;
}

async function bySs(port: number, signal: AbortSignal): Promise<string | undefined> {
  const listing = await attempt('ss', ['-H', '-l', '-t', '-n', '-p', `sport = :${port}`], signal);
  const [, name, pid] = /users:\(\("([^"]+)",pid=(\d+)/.exec(listing) ?? [];
  return name === undefined ? undefined : `${name} (process ${pid})`;
}

async function byLsof(port: number, signal: AbortSignal): Promise<string | undefined> {
  const listing = await attempt('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], signal);
  const [, pid, name] = /^p(\d+)\r?\nc(.+)$/m.exec(listing) ?? [];
  return name === undefined ? undefined : `${name} (process ${pid})`;
}

async function attempt(program: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  const failed: Pick<ProgramResult, 'stdout'> = { stdout: '' };
  const { stdout } = await runProgram(program, args, { signal }).catch(() => failed);
  return stdout;
}
