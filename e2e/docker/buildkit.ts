import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neutralEnvironment, repository } from '../workspace/environment';
import { start, succeed } from '../workspace/program';
import { freePort } from './free-port';

/** A BuildKit that is no part of a Docker engine, reached by its address as one on another machine is. */
export interface BuildKit {
  /** `tcp://127.0.0.1:1234` */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Starts buildkitd with nothing in its cache. Needs root, as every BuildKit that runs containers without a user namespace does.
 *
 * @param mirror The registry on loopback that has the images of Docker Hub and gcr.io.
 */
export async function startBuildKit(mirror: string): Promise<BuildKit> {
  if (process.getuid?.() !== 0) throw new Error('This test starts a BuildKit of its own and needs root.');
  const printed = await succeed(process.execPath, [join(repository, 'tools/buildkit.mjs')], {
    timeoutMs: 15 * 60_000,
  });
  const program = printed.trim().split('\n').at(-1) ?? 'buildkitd';
  const directory = mkdtempSync(join(tmpdir(), 'gd-buildkit-'));
  const address = `tcp://127.0.0.1:${await freePort()}`;
  writeFileSync(join(directory, 'buildkitd.toml'), configuration(directory, address, mirror));
  const daemon = start(program, ['--config', join(directory, 'buildkitd.toml')], {
    env: neutralEnvironment(),
    timeoutMs: 20 * 60_000,
  });
  const ended = daemon.finished.catch(() => undefined);
  const stop = async () => {
    daemon.signal('SIGTERM');
    await ended;
    for (const mount of mountsBelow(directory)) await succeed('umount', ['--lazy', mount]);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await daemon.printed(/running server on/, 60_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

/** https://docs.docker.com/build/buildkit/toml-configuration/ */
function configuration(directory: string, address: string, mirror: string): string {
  return `root = "${join(directory, 'root')}"
[grpc]
  address = ["${address}"]
[worker.containerd]
  enabled = false
[worker.oci]
  enabled = true
  networkMode = "host"
[registry."docker.io"]
  mirrors = ["${mirror}"]
[registry."gcr.io"]
  mirrors = ["${mirror}"]
[registry."${mirror}"]
  http = true
`;
}

function mountsBelow(directory: string): string[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[1] ?? [])
    .filter((path) => path.startsWith(`${directory}/`))
    .reverse();
}
