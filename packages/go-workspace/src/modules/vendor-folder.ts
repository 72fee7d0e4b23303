import { type FileSystem, hasEntry } from '../files/file-system';
import { childPath, type WorkspacePath } from '../files/workspace-path';
import { isGoVersionAtLeast } from './go-version';
import type { ModuleFile } from './module-files';

/**
 * What the `vendor/` beside a go.mod or go.work was made for: `go mod vendor` serves one module, and only where Go reads no go.work;
 * `go work vendor` a whole go.work. (modload.setDefaultBuildMod: since Go 1.14 it is used without being asked for.)
 *
 * @param dir The folder of `file`.
 * @returns undefined where Go uses none.
 */
export function vendorOf(
  files: FileSystem,
  dir: WorkspacePath,
  file: ModuleFile | undefined,
): 'module' | 'workspace' | undefined {
  if (file?.go === undefined || !isGoVersionAtLeast(file.go, '1.14')) return undefined;
  if (!hasEntry(files, dir, 'vendor', 'directory')) return undefined;
  const list = files.readFile(childPath(dir, 'vendor/modules.txt'));
  if (list === undefined) return undefined;
  const [, annotations = ''] = /^## (.*)/.exec(list) ?? [];
  return annotations.split(';').some((each) => each.trim() === 'workspace') ? 'workspace' : 'module';
}
