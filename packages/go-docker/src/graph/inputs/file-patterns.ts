import type { WorkspacePath } from '@go-docker/go-workspace';

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

/** Whether a text means itself in a pattern, and is one. */
export function isPlain(text: string): boolean {
  return text !== '' && text === asLiteral(text) && !text.includes('|');
}

/**
 * Inputs that match in each of these folders what the last part of a pattern says.
 *
 * @param folders `.`, or {@link isPlain}.
 */
export function bracedFolders(folders: readonly WorkspacePath[], lastPart: string): string[] {
  // At the root, `!(…)` would be a negation if it came first.
  const atRoot = folders.includes('.') ? [`{workspaceRoot}/{,}${lastPart}`] : [];
  return [
    ...atRoot,
    ...braced(
      folders.filter((each) => each !== '.'),
      `/${lastPart}`,
    ),
  ];
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
