import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';

/**
 * The pattern of a `.dockerignore` file that matches one path and no other.
 * (https://github.com/moby/patternmatcher: `*`, `?` and `[…]` as in Go's filepath.Match, `\` before a character takes its meaning.)
 *
 * @throws GoDockerError for a path that no pattern stands for: BuildKit leaves a folder out without comparing what lies in it where
 * the folder's name has to be escaped, lines are trimmed, and a line end cannot be escaped.
 */
export function ignorePattern(path: WorkspacePath): string {
  const slash = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, slash + 1), path.slice(slash + 1)];
  if (folder === escaped(folder) && path.trim() === path && !/[\r\n\0]/.test(path) && !path.startsWith('!')) {
    return folder + escaped(name);
  }
  throw new GoDockerError(`The build context cannot be limited to ${JSON.stringify(path)}`, {
    location: { file: path },
    advice: String.raw`Rename it: folders without * ? [ ] ^ $ + ( ) { } | \, and no space at either end of a path.`,
  });
}

function escaped(text: string): string {
  return text.replace(/[\\*?[\]^$+(){}|]/g, '\\$&');
}
