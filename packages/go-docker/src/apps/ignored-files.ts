import { posix } from 'node:path';
import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import ignore, { type Ignore } from 'ignore';

/** Whether Nx leaves a file or folder out of its hashes. */
export type IsIgnored = (path: WorkspacePath) => boolean;

/**
 * Tells what the .gitignore and .nxignore files of a workspace leave out. Nx goes by them alone: a file that is in git although a
 * pattern matches it does not count either. (https://git-scm.com/docs/gitignore)
 */
export function ignoredFiles(files: FileSystem): IsIgnored {
  const rules = new Map<WorkspacePath, readonly Ignore[]>();
  const rulesOf = (dir: WorkspacePath): readonly Ignore[] => {
    const known = rules.get(dir) ?? readRules(files, dir);
    rules.set(dir, known);
    return known;
  };
  const answers = new Map<WorkspacePath, boolean>();
  const isIgnored = (path: WorkspacePath): boolean => {
    const known = answers.get(path) ?? decide(path);
    answers.set(path, known);
    return known;
  };
  const decide = (path: WorkspacePath): boolean => {
    // Nothing below an ignored folder can be taken back.
    if (path.endsWith('/') ? isIgnoredAbove(path.slice(0, -1)) : isIgnoredAbove(path)) return true;
    for (const dir of foldersAbove(path)) {
      const below = dir === '.' ? path : path.slice(dir.length + 1);
      for (const each of rulesOf(dir)) {
        const { ignored, unignored } = each.test(below);
        if (ignored || unignored) return ignored;
      }
    }
    return false;
  };
  const isIgnoredAbove = (path: WorkspacePath): boolean => {
    const dir = posix.dirname(path);
    return dir !== '.' && isIgnored(`${dir}/`);
  };
  return isIgnored;
}

function readRules(files: FileSystem, dir: WorkspacePath): readonly Ignore[] {
  return ['.nxignore', '.gitignore'].flatMap((name) => {
    const text = files.readFile(posix.join(dir, name));
    return text === undefined ? [] : [ignore().add(text)];
  });
}

/** The nearest first: its rules win. */
function foldersAbove(path: WorkspacePath): readonly WorkspacePath[] {
  const elements = path.replace(/\/$/, '').split('/').slice(0, -1);
  return [...elements.map((_, index) => elements.slice(0, elements.length - index).join('/')), '.'];
}
