import type { WorkspacePath } from '@go-docker/go-workspace';
import { assertGoVersion } from '../apps/go-version';
import { assertSafeName, assertSafePath } from '../apps/safe-name';
import { GoDockerError, type SourceLocation } from '../errors';
import { auths, cgoLinks, depsCaches, type Auth, type CgoLink, type DepsCache } from './image-settings';
import { parsePlatform } from './parse-platform';
import { assertPrivatePattern } from './private-modules';

/** Names of the blocks of a Dockerfile, in their order. The last three are whole stages, which a Dockerfile may lack. */
export const blockNames = ['base', 'deps', 'builder', 'test', 'debug', 'dev'] as const;
export type BlockName = (typeof blockNames)[number];

/** What the managed blocks of a Dockerfile are made from, besides the workspace itself. Their begin lines record it. */
export interface BlockOptions {
  readonly goVersion?: string;
  /** Digest of the golang image. */
  readonly digest?: string;
  readonly depsCache: DepsCache;
  /** Patterns of the modules that no public proxy has. (https://go.dev/ref/mod#private-modules) */
  readonly private?: readonly string[];
  /** How the sources of private modules know who asks. */
  readonly auth?: readonly Auth[];
  /** Whether a certificate authority of the user's own is trusted during the build. */
  readonly ca?: boolean;
  readonly package?: WorkspacePath;
  readonly binary?: string;
  readonly tags?: readonly string[];
  readonly platforms?: readonly string[];
  readonly cgo?: CgoLink;
  readonly upx?: boolean;
  /** Whether `builder` makes the program that HEALTHCHECK runs. */
  readonly healthcheck?: boolean;
  /** Folders whose Go files another target makes. */
  readonly generated?: readonly WorkspacePath[];
  /** Release of github.com/go-delve/delve. */
  readonly delve?: string;
  /** Release of github.com/air-verse/air. */
  readonly air?: string;
}

type KeyName = keyof BlockOptions;

interface Key<Name extends KeyName> {
  readonly block: BlockName;
  /** @throws GoDockerError for a value that cannot stand. */
  readonly parse: (text: string, location: SourceLocation) => NonNullable<BlockOptions[Name]>;
}

/** The keys of all blocks, in the order they are written in. */
const keys: { readonly [Name in KeyName]-?: Key<Name> } = {
  goVersion: { block: 'base', parse: checked(assertGoVersion) },
  digest: { block: 'base', parse: checked(assertDigest) },
  depsCache: { block: 'deps', parse: oneOf('depsCache', depsCaches) },
  private: { block: 'deps', parse: listOf(assertPrivatePattern) },
  auth: {
    block: 'deps',
    parse: (text, location) => text.split(',').map((each) => oneOf('auth', auths)(each, location)),
  },
  ca: { block: 'deps', parse: flag('ca') },
  package: {
    block: 'builder',
    parse: (text, location) => {
      assertSafePath(text, 'package', location);
      return text.replace(/^\.\/(?=.)/, '');
    },
  },
  binary: { block: 'builder', parse: checked((text, location) => assertSafeName(text, 'program', location)) },
  tags: { block: 'builder', parse: listOf(assertTag) },
  platforms: { block: 'builder', parse: listOf((text, location) => void parsePlatform(text, location)) },
  cgo: { block: 'builder', parse: oneOf('cgo', cgoLinks) },
  upx: { block: 'builder', parse: flag('upx') },
  healthcheck: { block: 'builder', parse: flag('healthcheck') },
  generated: {
    block: 'builder',
    parse: listOf((text, location) => assertSafePath(text, 'folder of generated code', location)),
  },
  delve: { block: 'debug', parse: checked(assertRelease) },
  air: { block: 'dev', parse: checked(assertRelease) },
};

const names = Object.keys(keys).filter((name): name is KeyName => name in keys);

/** Names of the keys that a block takes; undefined where there is no such block. */
export function keysOf(block: string): readonly string[] | undefined {
  if (!blockNames.some((name) => name === block)) return undefined;
  return names.filter((name) => keys[name].block === block);
}

/** What a key of a begin line says. */
export function parseKey(name: string, text: string, location: SourceLocation): Partial<BlockOptions> {
  const known = names.find((each) => each === name);
  return known === undefined ? {} : { [known]: keys[known].parse(text, location) };
}

/** The keys of a block's begin line, each with a space before it. What is not chosen is not written. */
export function recordedKeys(block: BlockName, options: BlockOptions): string {
  return names
    .filter((name) => keys[name].block === block)
    .map((name) => recordedKey(name, options[name]))
    .join('');
}

function recordedKey(name: KeyName, value: BlockOptions[KeyName]): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'object') return value.length === 0 ? '' : ` ${name}=${value.join(',')}`;
  if (name !== 'package') return ` ${name}=${value}`;
  return ` package=${value === '.' ? '.' : `./${value}`}`;
}

function checked(assert: (text: string, location: SourceLocation) => void) {
  return (text: string, location: SourceLocation) => {
    assert(text, location);
    return text;
  };
}

function listOf(assert: (text: string, location: SourceLocation) => void) {
  return (text: string, location: SourceLocation) =>
    text.split(',').map((each) => {
      assert(each, location);
      return each;
    });
}

function oneOf<T extends string>(key: string, choices: readonly T[]) {
  return (text: string, location: SourceLocation): T => {
    const choice = choices.find((each) => each === text);
    if (choice !== undefined) return choice;
    throw new GoDockerError(`Unknown ${key} "${text}"`, {
      location,
      advice: `It is ${listed(choices, 'or')}.`,
    });
  };
}

function flag(key: string) {
  return (text: string, location: SourceLocation): boolean => {
    if (text === 'true') return true;
    throw new GoDockerError(`Unknown ${key} "${text}"`, {
      location,
      advice: `Write ${key}=true, or leave it out.`,
    });
  };
}

function assertDigest(text: string, location: SourceLocation): void {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return;
  throw new GoDockerError(`${JSON.stringify(text)} is not the digest of an image`, {
    location,
    advice: 'Write it as registries do: sha256: and 64 hexadecimal digits.',
  });
}

function assertRelease(text: string, location: SourceLocation): void {
  if (/^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(text)) return;
  throw new GoDockerError(`${JSON.stringify(text)} is not the release of a Go module`, {
    location,
    advice: 'Write it as Go does: v1.67.4.',
  });
}

function assertTag(tag: string, location: SourceLocation): void {
  if (/^[\p{L}\p{N}_.]+$/u.test(tag)) return;
  throw new GoDockerError(`${JSON.stringify(tag)} is not a build tag`, {
    location,
    advice: 'Tags are separated by commas and hold letters, digits, "_" and ".".',
  });
}

/** `a, b and c`. */
export function listed(words: readonly string[], conjunction = 'and'): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}
