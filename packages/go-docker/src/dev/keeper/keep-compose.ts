import { dockerIn } from '../../engines/docker/docker';
import type { ComposeJob, Tell } from './job';
import { Ledger } from './ledger';
import { composeContainers, composeNetworks, type ComposeContainer } from './compose-things';
import { followLogs } from './follow-logs';
import { publishedPorts } from './published-ports';

/**
 * Starts a compose service with what it depends on, shows what it writes until `signal` is given or it ends, and removes what no
 * other session needs. What ran before stays.
 */
export async function keepCompose(job: ComposeJob, signal: AbortSignal, tell: Tell): Promise<void> {
  const ledger = new Ledger(job.ledger);
  try {
    const own = await ledger.exclusively(() => startServices(job, ledger, signal));
    const docker = dockerIn(job.cwd, signal);
    tell({ event: 'started', ports: await publishedPorts(docker, own.id) });
    tell({ event: 'ended', exitCode: await followLogs(docker, own) });
  } catch (error) {
    if (!signal.aborted) tell(failure(job, error));
  } finally {
    await ledger.exclusively(() => removeUnneeded(job, ledger));
  }
}

class UpFailed extends Error {}

function failure({ service }: ComposeJob, error: unknown) {
  const what = `docker compose could not start ${service}`;
  const output =
    error instanceof UpFailed ? error.message : String(error instanceof Error ? error.stack : error);
  return { event: 'failed', what, output } as const;
}

/** One session at a time: two that create one network at once would make two of it. */
async function startServices(
  job: ComposeJob,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<ComposeContainer & { readonly ranBefore: boolean }> {
  signal.throwIfAborted();
  const docker = dockerIn(job.cwd, new AbortController().signal);
  const before = await thingsOf(job);
  const page = ledger.read();
  const ours = new Set(page.started.map(({ id }) => id));
  const ranBefore = new Set(
    before.containers.filter(({ id, running }) => running && !ours.has(id)).map(({ service }) => service),
  );
  const session = { pid: process.pid, needs: job.needs };
  ledger.write({ ...page, sessions: [...page.sessions, session] });
  try {
    const up = [...job.compose, 'up', '--detach', '--no-build', job.service];
    const { exitCode, stderr } = await docker.run(up, { signal, onStderr: showProgress });
    if (exitCode !== 0) throw new UpFailed(stderr.trim());
  } finally {
    // Also after a failure, half of them may be there.
    const after = await thingsOf(job);
    const existed = new Set([...before.containers, ...before.networks].map(({ id }) => id));
    const started = [
      ...after.networks
        .filter(({ id }) => !existed.has(id))
        .map(({ id }) => ({ kind: 'network' as const, id })),
      ...after.containers
        .filter(({ service }) => !ranBefore.has(service))
        .filter(({ id, running }) => running || !existed.has(id))
        .map(({ id, service }) => ({
          kind: 'container' as const,
          id,
          service,
          existed: existed.has(id),
        })),
    ].filter(({ id }) => !ours.has(id));
    ledger.write({ sessions: [...page.sessions, session], started: [...page.started, ...started] });
  }
  const own = (await thingsOf(job)).containers.find(({ service }) => service === job.service);
  if (!own) throw new UpFailed(`there is no container of ${job.service}`);
  return { ...own, ranBefore: ranBefore.has(job.service) };
}

async function thingsOf({ cwd, project }: ComposeJob) {
  const docker = dockerIn(cwd, AbortSignal.timeout(30_000));
  return {
    containers: await composeContainers(docker, project),
    networks: await composeNetworks(docker, project),
  };
}

/** What takes time, and what went wrong: not each step of what takes none, nor that all workspaces share the caches' volumes. */
const NO_NEWS =
  / (Creating|Created|Starting|Recreate|Recreated|Running) *$|volume .* already exists but was created for project/;

function showProgress(text: string): void {
  const lines = text.split('\n').filter((line) => !NO_NEWS.test(line));
  if (lines.some((line) => line.trim() !== '')) process.stderr.write(lines.join('\n'));
}

async function removeUnneeded(job: ComposeJob, ledger: Ledger): Promise<void> {
  const page = ledger.read();
  const others = page.sessions.filter(({ pid }) => pid !== process.pid);
  const needed = new Set(others.flatMap(({ needs }) => needs));
  const docker = dockerIn(job.cwd, AbortSignal.timeout(120_000));
  const isNeeded = ({ service }: { readonly service?: string }) =>
    service === undefined ? others.length > 0 : needed.has(service);
  const unneeded = page.started.filter((each) => !isNeeded(each));
  await Promise.all(
    unneeded
      .filter(({ kind }) => kind === 'container')
      .map(async ({ id, existed }) => {
        await docker.run(['stop', id]);
        if (!existed) await docker.run(['rm', '--force', '--volumes', id]);
      }),
  );
  // A network that somebody has joined meanwhile stays.
  for (const { id } of unneeded.filter(({ kind }) => kind === 'network')) {
    await docker.run(['network', 'rm', id]);
  }
  ledger.write({ sessions: others, started: page.started.filter(isNeeded) });
}
