import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Files } from './archives';

/** A real registry on loopback, and other people's clients for it. */
export interface TestRegistry {
  /** `127.0.0.1:5000` */
  readonly address: string;
  stop(): Promise<void>;
}

const repository = join(__dirname, '..', '..', '..');

/**
 * The registry of Debian: https://github.com/distribution/distribution 2.8, which has no referrers API.
 * @param tls Files with its certificate and key; without them it speaks plain HTTP.
 */
export function startDistribution(
  settings: Record<string, unknown> = {},
  tls?: { readonly certificate: string; readonly key: string },
): Promise<TestRegistry> {
  const program = tool('docker-registry');
  return startProgram((address, folder) => {
    const storage = { filesystem: { rootdirectory: join(folder, 'data') } };
    const config = { version: 0.1, storage, http: { addr: address, tls }, ...settings };
    writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
    return [program, 'serve', join(folder, 'config.yml')];
  });
}

/** Another one, in memory, which has a referrers API. */
export function startReferrersRegistry(): Promise<TestRegistry> {
  const program = tool('referrers-registry');
  return startProgram((address) => [program, address]);
}

/** @returns What crane prints. @throws Error with its own words where it fails. */
export function crane(...args: readonly string[]): string {
  return execFileSync(tool('crane'), args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: quiet(),
  });
}

/** @returns What skopeo prints. @throws Error with its own words where it fails. */
export function skopeo(...args: readonly string[]): string {
  return execFileSync(tool('skopeo'), ['--insecure-policy', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: quiet(),
  });
}

/** Nobody's credentials. */
function quiet(): NodeJS.ProcessEnv {
  return { ...process.env, DOCKER_CONFIG: join(tmpdir(), 'no-docker-config') };
}

/** Lays the files of an archive out as a folder. */
export function layOut(folder: string, files: Files): string {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

const tools = new Map<string, string>();

function tool(name: string): string {
  const known = tools.get(name);
  if (known !== undefined) return known;
  const printed = execFileSync(process.execPath, [join(repository, 'tools', `${name}.mjs`)], {
    encoding: 'utf8',
  });
  const path = printed.trim().split('\n').at(-1) ?? name;
  tools.set(name, path);
  return path;
}

async function startProgram(
  command: (address: string, folder: string) => readonly string[],
): Promise<TestRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'oci-registry-'));
  const address = `127.0.0.1:${await freePort()}`;
  const [program = '', ...args] = command(address, folder);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await answering(address, child);
  return {
    address,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answering(address: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) {
    if (child.exitCode !== null) throw new Error(`the registry ended with ${child.exitCode}`);
    if (await fetch(`http://${address}/v2/`).catch(() => undefined)) return;
  }
  throw new Error('the registry does not answer');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
