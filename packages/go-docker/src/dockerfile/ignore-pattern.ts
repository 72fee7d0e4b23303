import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';

/**
 * The pattern of a `.dockerignore` file that matches one path and no other.
 * (https://github.com/moby/patternmatcher: `*`, `?`, `[…]` and `^` as in Go's filepath.Match, `#` and `!` at the start of a line; `\`
 * takes their meaning from them.)
 *
 * @throws GoDockerError for a path that no pattern stands for: lines are trimmed, and a line end cannot be escaped.
 */
export function ignorePattern(path: WorkspacePath): string {
  if (path.trim() === path && !/[\r\n\0]/.test(path)) return path.replace(/[\\*?[\]^]|^[#!]/g, '\\$&');
  throw new GoDockerError(`The build context cannot be limited to ${JSON.stringify(path)}`, {
    advice: 'Rename it: no space at either end of the path, and no line end in it.',
  });
}
