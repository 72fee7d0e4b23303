import { GoDockerError } from '../../errors';
import { commandFailed, type Docker } from './docker';

export interface Builder {
  /** How an image leaves it: as an OCI archive at once, or only through the daemon's own image store. */
  readonly exports: 'archive' | 'daemon';
  /** Whether it lives in the daemon that `docker` talks to. */
  readonly inDaemon: boolean;
}

/**
 * Finds out what the builder can do, and that it is there at all, before anything is built.
 *
 * @param name The builder; undefined: the one that buildx has selected.
 * @throws GoDockerError when docker, buildx, the builder or the daemon is missing: each with what to do about it.
 */
export async function findBuilder(docker: Docker, name: string | undefined): Promise<Builder> {
  // Builders of other drivers (docker-container, kubernetes, remote) export archives, with or without a local daemon.
  if ((await driverOf(docker, name)) !== 'docker') return { exports: 'archive', inDaemon: false };
  return { exports: (await hasContainerdStore(docker)) ? 'archive' : 'daemon', inDaemon: true };
}

async function driverOf(docker: Docker, name: string | undefined): Promise<string> {
  const { exitCode, stdout, stderr } = await docker.run([
    'buildx',
    'inspect',
    ...(name === undefined ? [] : [name]),
  ]);
  if (/is not a docker command|unknown command/.test(stderr)) throw noBuildx();
  if (/no builder .* found/.test(stderr)) throw noSuchBuilder(name ?? process.env['BUILDX_BUILDER'] ?? '');
  if (exitCode !== 0) throw await commandFailed(docker, 'buildx inspect failed', stderr);
  // The driver is left empty for a docker builder whose daemon does not answer.
  return /^Driver:[ \t]*(\S+)/m.exec(stdout)?.[1] ?? 'docker';
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
