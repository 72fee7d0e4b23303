import type { Readable } from 'node:stream';
import { GoDockerError } from '../../errors';
import { commandFailed, type Docker } from './docker';

/**
 * Puts an image into the daemon's image store, and names it.
 *
 * @param archive What `docker load` reads.
 * @param tags At least one.
 * @throws GoDockerError when Docker does not answer or does not take it.
 */
export async function loadImage(docker: Docker, archive: Readable, tags: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await docker.run(['image', 'load'], { input: archive });
  if (exitCode !== 0) throw await commandFailed(docker, 'Docker did not take the image', stderr);
  const id = loadedId(stdout);
  for (const tag of tags) {
    const tagging = await docker.run(['image', 'tag', id, tag]);
    if (tagging.exitCode !== 0)
      throw await commandFailed(docker, `the image could not be named ${tag}`, tagging.stderr);
  }
}

/** The classic store tells the digest of the config, containerd's that of the manifest. */
function loadedId(stdout: string): string {
  const [id] = /sha256:[0-9a-f]{64}/.exec(stdout) ?? [];
  if (id === undefined)
    throw new GoDockerError('docker load did not say what it has loaded', { output: stdout });
  return id;
}

/**
 * @returns The platform of the daemon's own containers, e.g. `linux/amd64`.
 * @throws GoDockerError when Docker does not answer.
 */
export async function daemonPlatform(docker: Docker): Promise<string> {
  const { exitCode, stdout, stderr } = await docker.run([
    'version',
    '--format',
    '{{.Server.Os}}/{{.Server.Arch}}',
  ]);
  if (exitCode !== 0) throw await commandFailed(docker, 'docker version failed', stderr);
  return stdout.trim();
}
