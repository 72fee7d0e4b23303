import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { neutralEnvironment, repository } from './environment';
import { succeed } from './program';

/** The Nx version that the tests run on, where they do not ask for another. */
export const NX_VERSION = '23.2.1';

/** Where the release of @nx/devkit that goes with an Nx has another number. Left to itself, npm takes the newest one. */
const DEVKIT_OF: Readonly<Record<string, string>> = { '24.0.6': '24.0.0' };

const MINUTE = 60_000;
const cache = join(repository, 'node_modules', '.cache', 'go-docker-e2e');

/**
 * A folder with package.json and node_modules: Nx and the packed packages, as `npm install` lays them out. Installed
 * once for each Nx version and each content of the packages; workspaces take hard links of it.
 *
 * @param others What else is installed, such as `@nx/workspace@23.2.1`.
 */
export async function workspaceTemplate(
  nxVersion = NX_VERSION,
  others: readonly string[] = [],
): Promise<string> {
  if (others.length > 0) return templateWith(others, await workspaceTemplate(nxVersion));
  const tarballs = packedPackages();
  const template = join(cache, `nx-${nxVersion}-${contentHash(tarballs)}`);
  if (existsSync(template)) return template;

  const nxAlone = await nxTemplate(nxVersion);
  removeOlderTemplates(nxVersion, template);
  await whole(template, async (directory) => {
    await copyLinked(nxAlone, directory);
    await npmInstall(directory, ['--save-dev', ...tarballs]);
  });
  return template;
}

async function templateWith(others: readonly string[], plain: string): Promise<string> {
  const template = `${plain}-${createHash('sha256').update(others.join('\n')).digest('hex').slice(0, 12)}`;
  if (!existsSync(template)) {
    await whole(template, async (directory) => {
      await copyLinked(plain, directory);
      await npmInstall(directory, ['--save-dev', '--save-exact', ...others]);
    });
  }
  return template;
}

/** Copies a folder as hard links where both lie on one file system, so that node_modules costs no time. */
export async function copyLinked(from: string, to: string): Promise<void> {
  try {
    await succeed('cp', ['-al', from, to]);
  } catch {
    rmSync(to, { recursive: true, force: true });
    await succeed('cp', ['-a', from, to]);
  }
}

/** The `node` of the newest release of a major version, from the npm package that holds nothing else. */
export async function nodeBinary(major: number): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  const directory = join(cache, `node-${major}`);
  if (!existsSync(directory)) {
    await whole(directory, async (unfinished) => {
      mkdirSync(unfinished);
      writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
      await npmInstall(unfinished, [`${name}@${major}`]);
    });
  }
  return join(directory, 'node_modules', name, 'bin', 'node');
}

function packedPackages(): string[] {
  const directory = join(repository, 'dist', 'npm');
  const tarballs = existsSync(directory)
    ? readdirSync(directory).filter((name) => name.endsWith('.tgz'))
    : [];
  if (tarballs.length !== 4) {
    throw new Error(
      `dist/npm holds ${tarballs.length} packages instead of 4.\n→ Run \`npm run pack\` first.`,
    );
  }
  return tarballs.sort().map((name) => join(directory, name));
}

function contentHash(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

async function nxTemplate(nxVersion: string): Promise<string> {
  const template = join(cache, `nx-${nxVersion}`);
  if (!existsSync(template)) {
    await whole(template, async (directory) => {
      mkdirSync(directory);
      const manifest = { name: 'acme', version: '0.0.0', private: true, license: 'MIT' };
      writeFileSync(join(directory, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
      await npmInstall(directory, [
        '--save-dev',
        '--save-exact',
        `nx@${nxVersion}`,
        `@nx/devkit@${DEVKIT_OF[nxVersion] ?? nxVersion}`,
      ]);
    });
  }
  return template;
}

function removeOlderTemplates(nxVersion: string, current: string): void {
  for (const name of readdirSync(cache)) {
    const isOlder = name.startsWith(`nx-${nxVersion}-`) && !name.startsWith(basename(current));
    if (isOlder) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

/** Makes a folder under another name first, so that an interrupted installation is never taken for a template. */
async function whole(directory: string, make: (directory: string) => Promise<void>): Promise<void> {
  const unfinished = `${directory}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  rmSync(unfinished, { recursive: true, force: true });
  try {
    await make(unfinished);
    if (!existsSync(directory)) renameSync(unfinished, directory);
  } catch (error) {
    // Another worker may have been a moment earlier with the same.
    if (!existsSync(directory)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function npmInstall(directory: string, args: readonly string[]): Promise<void> {
  await succeed('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...args], {
    cwd: directory,
    env: neutralEnvironment(),
    timeoutMs: 5 * MINUTE,
  });
}
