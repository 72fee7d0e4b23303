import { GoDockerError } from '../../errors';
import { commandFailed, type Docker } from './docker';

export interface Builder {
  /** How an image leaves it: as an OCI archive at once, or only through the daemon's own image store. */
  readonly exports: 'archive' | 'daemon';
  /** Whether it lives in the daemon that `docker` talks to. */
  readonly inDaemon: boolean;
  /** Whether what leaves it goes through no network. */
  readonly isNear: boolean;
  /** What its machines are, such as `amd64`; empty where it does not say: it has not been started yet. */
  readonly architectures: readonly string[];
}

/**
 * Finds out what the builder can do, and that it is there at all, before anything is built.
 *
 * @param name The builder; undefined: the one that buildx has selected.
 * @throws GoDockerError when docker, buildx, the builder or the daemon is missing: each with what to do about it.
 */
export async function findBuilder(docker: Docker, name: string | undefined): Promise<Builder> {
  // Builders of other drivers (docker-container, kubernetes, remote) export archives, with or without a local daemon.
  const { driver, architectures } = await inspect(docker, name);
  if (driver !== 'docker') return { exports: 'archive', inDaemon: false, isNear: false, architectures };
  const exports = (await hasContainerdStore(docker)) ? 'archive' : 'daemon';
  return { exports, inDaemon: true, isNear: isNear(process.env), architectures };
}

/** https://docs.docker.com/reference/cli/docker/#host-flag */
function isNear({ DOCKER_HOST: host = '' }: NodeJS.ProcessEnv): boolean {
  return host === '' || /^(unix|npipe|fd):/.test(host);
}

async function inspect(
  docker: Docker,
  name: string | undefined,
): Promise<{ readonly driver: string; readonly architectures: readonly string[] }> {
  const { exitCode, stdout, stderr } = await docker.run([
    'buildx',
    'inspect',
    ...(name === undefined ? [] : [name]),
  ]);
  if (/is not a docker command|unknown command/.test(stderr)) throw noBuildx();
  if (/no builder .* found/.test(stderr)) throw noSuchBuilder(name ?? process.env['BUILDX_BUILDER'] ?? '');
  if (exitCode !== 0) throw await commandFailed(docker, 'buildx inspect failed', stderr);
  // The driver is left empty for a docker builder whose daemon does not answer.
  const driver = /^Driver:[ \t]*(\S+)/m.exec(stdout)?.[1] ?? 'docker';
  if (driver === 'remote') assertRunning(stdout);
  // The first platform of each machine is its own; the rest is what it emulates.
  const own = [...stdout.matchAll(/^Platforms:[ \t]*linux\/([a-z0-9]+)/gm)].flatMap(([, name]) => name ?? []);
  return { driver, architectures: [...new Set(own)] };
}

/** Builders of other drivers are started by the build; with this one buildx would wait for twenty seconds, and not say what for. */
function assertRunning(inspected: string): void {
  const all = (name: string) =>
    [...inspected.matchAll(new RegExp(`^${name}:[ \\t]*(\\S+)`, 'gm'))].map(([, value]) => value ?? '');
  const states = all('Status');
  if (states.length === 0 || states.some((state) => state !== 'inactive')) return;
  throw new GoDockerError(
    `the BuildKit of the builder "${all('Name')[0] ?? ''}" does not answer at ${all('Endpoint').join(' or ')}`,
    {
      advice:
        'start it, or see what is between here and there; `docker buildx ls` says "running" where it answers',
    },
  );
}

function noBuildx(): GoDockerError {
  return new GoDockerError('docker has no buildx plugin, which builds the images', {
    advice:
      'install it (package docker-buildx or docker-buildx-plugin; Docker Desktop brings it): https://docs.docker.com/go/buildx/',
  });
}

function noSuchBuilder(name: string): GoDockerError {
  return new GoDockerError(`buildx has no builder "${name}"`, {
    advice: '`docker buildx ls` lists the builders; option "builder" (or BUILDX_BUILDER) names one of them',
  });
}

/** https://docs.docker.com/engine/storage/containerd/ */
async function hasContainerdStore(docker: Docker): Promise<boolean> {
  const { exitCode, stdout, stderr } = await docker.run(['info', '--format', '{{json .DriverStatus}}']);
  if (exitCode !== 0) throw await commandFailed(docker, 'docker info failed', stderr);
  // Some versions of the CLI print null and end with 0 when nothing answers; a store without a status is null too.
  const silence = stdout.trim() === 'null' ? await docker.silence() : undefined;
  if (silence) throw silence;
  return stdout.includes('io.containerd.snapshotter');
}
