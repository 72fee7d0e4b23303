import type { WorkspacePath } from '@go-docker/go-workspace';

/**
 * minimatch, with which Nx finds affected projects, throws at 64 KiB: a package that embeds a web app reaches that. Well below,
 * because brace expansion costs more than it is long.
 */
const MAX_PATTERN_LENGTH = 32_000;

/**
 * Inputs of an Nx target that match exactly these files. All stand in one brace pattern: hashing a pattern for each file takes
 * Nx thirty times as long.
 */
export function filePatterns(files: readonly WorkspacePath[]): string[] {
  return chunks(files.map(asLiteral)).map((chunk) =>
    // `{a}` is no alternative but a literal for minimatch.
    chunk.length === 1 ? `{workspaceRoot}/${chunk[0]}` : `{workspaceRoot}/{${chunk.join(',')}}`,
  );
}

/** Inputs that match a source of `COPY` as Docker does: a file, everything in a folder, or Docker's own wildcards. */
export function sourcePatterns(source: string): string[] {
  const pattern = source.replace(/[{}(),!@+#]/g, '?');
  return [`{workspaceRoot}/${pattern}`, `{workspaceRoot}/${pattern}/**/*`];
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
