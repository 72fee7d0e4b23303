import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import { isBelowRoot } from '../images/workspace-path';
import { includedFiles } from './root-include';

/**
 * The files that the root's compose file includes and that are not there: with one of them, Compose starts nothing at all. Addresses of other
 * places and paths with variables are not looked for.
 *
 * @throws GoDockerError with file, line and column where it cannot be read, or its `include` is no list.
 */
export function missingIncludes(files: FileSystem, file: WorkspacePath): readonly WorkspacePath[] {
  const included = includedFiles(files.readFile(file) ?? '', file);
  return included.filter((path) => isBelowRoot(path) && !/[$:@]/.test(path) && !isThere(files, path));
}

function isThere(files: FileSystem, path: WorkspacePath): boolean {
  return files.readFile(path) !== undefined || files.readDirectory(path).length > 0;
}
