import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { neutralEnvironment } from '../workspace/environment';
import { run, start, succeed } from '../workspace/program';

/** A Docker engine that belongs to one test, with a socket and images of its own, so that it may be stopped. */
export interface OwnEngine {
  readonly env: Readonly<Record<string, string>>;
  /** Ends the engine as a service manager does, and waits until it is gone. */
  stop(): Promise<void>;
  /** Stops the engine and removes its files. */
  remove(): Promise<void>;
}

const MINUTE = 60_000;

/** Starts an engine and loads images of the default engine into it. Needs root, as every engine with a data root does. */
export async function startOwnEngine(images: readonly string[]): Promise<OwnEngine> {
  if (process.getuid?.() !== 0)
    throw new Error('This test starts a Docker engine of its own and needs root.');
  const directory = mkdtempSync(join(tmpdir(), 'gd-engine-'));
  const host = `unix://${join(directory, 'docker.sock')}`;
  const env = { DOCKER_HOST: host };
  const config = join(directory, 'daemon.json');
  writeFileSync(config, '{ "features": { "containerd-snapshotter": false } }\n');
  // In a network of its own: an engine without a bridge removes docker0, and so takes another engine's network away.
  const daemon = start('unshare', ['--net', 'dockerd', ...daemonArguments(directory, host, config)], {
    env: neutralEnvironment(),
    timeoutMs: 10 * MINUTE,
  });
  const ended = daemon.finished.catch(() => undefined);
  const stop = async () => {
    daemon.signal('SIGTERM');
    await ended;
  };
  const remove = async () => {
    await stop();
    await unmountBelow(directory);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await answers(env, () => daemon.output());
    await copyImages(images, directory, env);
  } catch (error) {
    await remove();
    throw error;
  }
  return { env, stop, remove };
}

function daemonArguments(directory: string, host: string, config: string): string[] {
  mkdirSync(join(directory, 'run'));
  return [
    `--config-file=${config}`,
    `--data-root=${join(directory, 'data')}`,
    `--exec-root=${join(directory, 'run')}`,
    `--pidfile=${join(directory, 'docker.pid')}`,
    `--host=${host}`,
    '--bridge=none',
    '--iptables=false',
    '--ip6tables=false',
  ];
}

async function answers(env: Record<string, string>, output: () => string): Promise<void> {
  const deadline = Date.now() + MINUTE;
  for (;;) {
    const info = await run('docker', ['info'], { env: { ...neutralEnvironment(), ...env } });
    if (info.exitCode === 0) return;
    if (Date.now() > deadline) throw new Error(`The test's own Docker engine does not answer:\n${output()}`);
    await sleep(200);
  }
}

async function copyImages(images: readonly string[], directory: string, env: Record<string, string>) {
  const archive = join(directory, 'images.tar');
  await succeed('docker', ['save', `--output=${archive}`, ...images], { env: neutralEnvironment() });
  await succeed('docker', ['load', `--input=${archive}`], { env: { ...neutralEnvironment(), ...env } });
}

/** An engine that is ended while it builds leaves mounts behind. */
async function unmountBelow(directory: string): Promise<void> {
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .flatMap((line) => line.split(' ')[1] ?? [])
    .filter((path) => path.startsWith(`${directory}/`));
  for (const mount of mounts.reverse()) await succeed('umount', ['--lazy', mount]);
}
