import type { FileSystem } from '../files/file-system';
import type { WorkspacePath } from '../files/workspace-path';
import { type GoFile, parseGoFile, parseGoFileHead } from './go-file';

/** Reads a Go file; one that is not there says nothing. Most of a file need not be looked at, and of a large one not even be read. */
export function readGoFile(files: FileSystem, path: WorkspacePath): GoFile {
  const head = files.readHead?.(path);
  return (
    (head && !head.isWhole ? parseGoFileHead(head.text) : undefined) ??
    parseGoFile((head?.isWhole ? head.text : files.readFile(path)) ?? '')
  );
}
