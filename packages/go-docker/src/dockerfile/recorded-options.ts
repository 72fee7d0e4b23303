import type { BuildPlatform, WorkspacePath } from '@go-docker/go-workspace';
import { assertGoVersion } from '../apps/go-version';
import { assertSafeName, assertSafePath } from '../apps/safe-name';
import { GoDockerError, type SourceLocation } from '../errors';
import { depsCaches, type DepsCache } from './image-settings';
import { managedBlocks, type ManagedBlock } from './managed-block';

/** The options that the managed blocks of a Dockerfile were made from, as their keys record them. */
export interface RecordedOptions {
  readonly goVersion?: string;
  readonly depsCache?: DepsCache;
  readonly packageDir?: WorkspacePath;
  readonly binaryName?: string;
  readonly tags?: readonly string[];
  readonly platforms?: readonly string[];
  /** Where `packageDir` is recorded. */
  readonly location?: SourceLocation;
}

const knownKeys: Readonly<Record<string, readonly string[]>> = {
  base: ['goVersion'],
  deps: ['depsCache'],
  builder: ['package', 'binary', 'tags', 'platforms'],
};

/**
 * Reads the keys of a Dockerfile's managed blocks. People edit them, so every value is checked.
 *
 * @throws GoDockerError with file and line for an unknown block or key, and for a value that cannot stand.
 */
export function recordedOptions(text: string, file: WorkspacePath): RecordedOptions {
  const keys = new Map<string, string>();
  const blocks = managedBlocks(text, file);
  for (const block of blocks) {
    const location = { file, line: block.line };
    assertKnown(block, location);
    for (const [key, value] of block.keys) {
      assertValue(key, value, location);
      keys.set(key, value);
    }
  }
  const builder = blocks.find(({ name }) => name === 'builder');
  return {
    goVersion: keys.get('goVersion'),
    depsCache: depsCaches.find((cache) => cache === keys.get('depsCache')),
    packageDir: keys.get('package')?.replace(/^\.\/(?=.)/, ''),
    binaryName: keys.get('binary'),
    tags: keys.get('tags')?.split(','),
    platforms: keys.get('platforms')?.split(','),
    location: builder && { file, line: builder.line },
  };
}

/**
 * A platform such as `linux/arm/v7` in its parts.
 *
 * @throws GoDockerError where it is no platform of Linux.
 */
export function parsePlatform(platform: string, location?: SourceLocation): BuildPlatform {
  const [, architecture, variant] = /^linux\/([a-z0-9]+)(?:\/(v[0-9.]+))?$/.exec(platform) ?? [];
  if (architecture !== undefined) return { os: 'linux', architecture, variant };
  throw new GoDockerError(`${JSON.stringify(platform)} is not a platform that images are built for`, {
    location,
    advice: 'Write it as Docker does: linux/amd64, linux/arm64, linux/arm/v7.',
  });
}

function assertKnown(block: ManagedBlock, location: SourceLocation): void {
  const known = knownKeys[block.name];
  if (!known) {
    throw new GoDockerError(`Unknown block "${block.name}"`, {
      location,
      advice: `Blocks of a Dockerfile are ${list(Object.keys(knownKeys))}. Remove the two markers to own these lines yourself.`,
    });
  }
  const unknown = [...block.keys.keys()].find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new GoDockerError(`Unknown key "${unknown}" of the block "${block.name}"`, {
    location,
    advice: `It takes ${list(known)}.`,
  });
}

function assertValue(key: string, value: string, location: SourceLocation): void {
  if (key === 'goVersion') assertGoVersion(value, location);
  else if (key === 'binary') assertSafeName(value, 'program', location);
  else if (key === 'package') assertSafePath(value, 'package', location);
  else if (key === 'platforms') value.split(',').forEach((platform) => parsePlatform(platform, location));
  else if (key === 'tags') value.split(',').forEach((tag) => assertTag(tag, location));
  else if (!depsCaches.some((cache) => cache === value)) {
    throw new GoDockerError(`Unknown depsCache "${value}"`, {
      location,
      advice: `It is ${list(depsCaches, 'or')}.`,
    });
  }
}

function assertTag(tag: string, location: SourceLocation): void {
  if (/^[\p{L}\p{N}_.]+$/u.test(tag)) return;
  throw new GoDockerError(`${JSON.stringify(tag)} is not a build tag`, {
    location,
    advice: 'Tags are separated by commas and hold letters, digits, "_" and ".".',
  });
}

function list(words: readonly string[], conjunction = 'and'): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}
