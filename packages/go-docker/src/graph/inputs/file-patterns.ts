import { SYSTEMS, type WorkspacePath } from '@go-docker/go-workspace';

/**
 * minimatch, with which Nx 22 and 23 find affected projects, throws at 64 KiB: a package that embeds a web app reaches that. Well below,
 * because brace expansion costs more than it is long.
 */
const MAX_PATTERN_LENGTH = 32_000;

/**
 * Inputs of an Nx target that match exactly these files. All stand in one brace pattern: hashing a pattern for each file takes
 * Nx longer.
 */
export function filePatterns(files: readonly WorkspacePath[]): string[] {
  return braced(files, '');
}

/** Whether {@link goFolderPatterns} takes a folder: its matchers disagree on special characters, and at the root it would begin with `!`. */
export function isPlainFolder(folder: WorkspacePath): boolean {
  return folder !== '.' && folder === asLiteral(folder);
}

/**
 * Inputs that match every Go file of these folders but for tests, and nothing below. The folders stand in one brace: of all forms
 * that match the same on Nx 22, 23 and 24, it is the one that they hash fastest (`npm run bench:graph`).
 *
 * @param folders Each a {@link isPlainFolder}.
 */
export function goFolderPatterns(folders: readonly WorkspacePath[]): string[] {
  return braced(folders, '/!(*_test).go');
}

const OTHER_SYSTEMS = [...SYSTEMS].filter((system) => system !== 'linux');

/**
 * {@link goFolderPatterns} that do not match files either which are named for another system than Linux. Nx's hasher takes no longer for
 * them, but minimatch five times as long.
 */
export function linuxFolderPatterns(folders: readonly WorkspacePath[]): string[] {
  const spared = ['test', ...OTHER_SYSTEMS].map((name) => `*_${name}`);
  return braced(folders, `/!(${spared.join('|')}).go`);
}

/** Whether {@link linuxFolderPatterns} spares a file for its name. */
export function isNamedForOtherSystem(name: string): boolean {
  return OTHER_SYSTEMS.some((system) => name.endsWith(`_${system}.go`));
}

/** Inputs that match a source of `COPY` as Docker does: a file, everything in a folder, or Docker's own wildcards. */
export function sourcePatterns(source: string): string[] {
  return [wildcardPattern(source), belowPattern(source)];
}

/** An input that matches by wildcards, as Docker and Go write them. */
export function wildcardPattern(path: string): string {
  return `{workspaceRoot}/${path.replace(/[{}(),!@+#]/g, '?')}`;
}

/** An input that matches everything below what {@link wildcardPattern} matches. */
export function belowPattern(path: string): string {
  return `${wildcardPattern(path)}/**/*`;
}

function braced(paths: readonly WorkspacePath[], suffix: string): string[] {
  return chunks(paths.map(asLiteral)).map((chunk) =>
    // `{a}` is no alternative but a literal for minimatch.
    chunk.length === 1
      ? `{workspaceRoot}/${chunk[0]}${suffix}`
      : `{workspaceRoot}/{${chunk.join(',')}}${suffix}`,
  );
}

/** Nx matches in Rust and in JavaScript, which disagree on escapes but not on `?`: it is any one character. */
function asLiteral(file: WorkspacePath): string {
  return file.replace(/[\\*?[\]{}(),!@+#]/g, '?');
}

function chunks(patterns: readonly string[]): string[][] {
  const result: string[][] = [];
  let length = MAX_PATTERN_LENGTH;
  for (const pattern of patterns) {
    length += pattern.length + 1;
    if (length > MAX_PATTERN_LENGTH) {
      result.push([]);
      length = pattern.length;
    }
    result.at(-1)?.push(pattern);
  }
  return result;
}
