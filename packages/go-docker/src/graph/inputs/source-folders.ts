import { posix } from 'node:path';
import {
  type FileSystem,
  isGoFile,
  OTHER_EXTENSIONS,
  SYSTEMS,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import { isPlain } from './file-patterns';

/**
 * A folder of which patterns say which files are compiled. A list of their names would say it too, but not of a file that was deleted:
 * `nx affected` looks at the graph as it is afterwards.
 */
export interface SourceFolder {
  readonly dir: WorkspacePath;
  /** Go files; undefined where no pattern tells which are compiled. */
  readonly go: SparedNames | undefined;
  /** Assembly, C and what else Go takes of a package's folder; undefined where there is none, too. */
  readonly other: SparedNames | undefined;
  /** Both, whether or not there are others; undefined where no single pattern tells. */
  readonly both: SparedNames | undefined;
  /** The files that its patterns stand for. */
  readonly files: readonly WorkspacePath[];
}

/** Names without extension of files that are there and not compiled, but for tests: sorted. */
export interface SparedNames {
  /** Those that their name gives to another system. */
  readonly forOtherSystems: readonly string[];
  /** All others: for another architecture, or by a constraint. */
  readonly notCompiled: readonly string[];
}

/**
 * A folder as patterns say what is compiled of it.
 *
 * @returns undefined where no pattern can name the folder.
 */
export function sourceFolder(
  disk: FileSystem,
  dir: WorkspacePath,
  compiled: ReadonlySet<WorkspacePath>,
): SourceFolder | undefined {
  if (dir !== '.' && !isPlain(dir)) return undefined;
  const found = { go: new Candidates(), other: new Candidates(), both: new Candidates() };
  for (const { name, kind } of disk.readDirectory(dir)) {
    const language = kind === 'file' ? languageOf(name) : undefined;
    if (language === undefined) continue;
    for (const part of [language, 'both'] as const)
      found[part].add(name, compiled.has(posix.join(dir, name)));
  }
  const [go, other] = [found.go, found.other].map((each) =>
    each.compiled.length === 0 ? undefined : each.spared(),
  );
  const named = [...(go ? found.go.compiled : []), ...(other ? found.other.compiled : [])];
  return { dir, go, other, both: found.both.spared(), files: named.map((name) => posix.join(dir, name)) };
}

/** Whether the patterns of a folder leave out a file that lies directly in it. */
export function leavesOut({ go, other, both }: SourceFolder, name: string): boolean {
  const extension = posix.extname(name).slice(1);
  if (extension !== 'go' && !EXTENSIONS.has(extension)) return false;
  if (isSparedAnyway(name)) return true;
  return [go, other, both].some(
    (spared) =>
      spared !== undefined &&
      (spared.forOtherSystems.includes(stemOf(name)) || spared.notCompiled.includes(stemOf(name))),
  );
}

const EXTENSIONS: ReadonlySet<string> = new Set(OTHER_EXTENSIONS);

function languageOf(name: string): 'go' | 'other' | undefined {
  if (isGoFile(name)) return 'go';
  return EXTENSIONS.has(posix.extname(name).slice(1)) ? 'other' : undefined;
}

/** Files of a folder that are compiled, and files that are not. */
class Candidates {
  readonly compiled: string[] = [];
  readonly #left = new Set<string>();

  add(name: string, isCompiled: boolean): void {
    if (isCompiled) this.compiled.push(name);
    else this.#left.add(stemOf(name));
  }

  /** Undefined where a pattern that spares those which are not compiled would spare others as well. */
  spared(): SparedNames | undefined {
    const left = [...this.#left].sort();
    const isTold =
      left.every(isPlain) &&
      left.join().length <= MAX_LENGTH &&
      // A build tag may be called like a system: then its files are compiled as well.
      !this.compiled.some((name) => this.#left.has(stemOf(name)) || isSparedAnyway(name));
    if (!isTold) return undefined;
    return {
      forOtherSystems: left.filter(isForOtherSystem),
      notCompiled: left.filter((stem) => !isForOtherSystem(stem)),
    };
  }
}

/** Of the names in one pattern: minimatch takes long for many. */
const MAX_LENGTH = 4_000;

const stemOf = (name: string): string => name.slice(0, name.length - posix.extname(name).length);

/** All that Go knows in the name of a file, but for the one that images are built for. */
export const OTHER_SYSTEMS: readonly string[] = [...SYSTEMS].filter((system) => system !== 'linux');

const isForOtherSystem = (stem: string): boolean =>
  OTHER_SYSTEMS.some((system) => stem.endsWith(`_${system}`));

const isSparedAnyway = (name: string): boolean =>
  isForOtherSystem(stemOf(name)) || stemOf(name).endsWith('_test');
