import { posix } from 'node:path';
import type { BuildClosure, GoWorkspace, ModuleClosure, WorkspacePath } from '@go-docker/go-workspace';
import { belowPattern } from './file-patterns';

const VENDOR_LIST = 'vendor/modules.txt';

/**
 * The files that decide which modules are linked, sorted: with those that are not there, because they may have been before a change, or be
 * after one.
 */
export function moduleFiles(
  { files }: GoWorkspace,
  { moduleDirs, usesWorkFile, ...modules }: ModuleClosure,
): WorkspacePath[] {
  const mayUseWorkFile = usesWorkFile || files.readFile('go.work') === undefined;
  const sums = moduleDirs.map((dir) => posix.join(dir, 'go.sum'));
  const lists = (usesWorkFile ? ['.'] : moduleDirs)
    .map((dir) => posix.join(dir, VENDOR_LIST))
    .filter((path) => files.readFile(path) === undefined);
  return [
    ...new Set([...modules.files, ...sums, ...lists, ...(mayUseWorkFile ? ['go.work', 'go.work.sum'] : [])]),
  ].sort();
}

/** The go.mod files of go.work's other modules. */
export function otherModuleFiles(
  { modules }: GoWorkspace,
  { moduleDirs, usesWorkFile }: ModuleClosure,
): WorkspacePath[] {
  if (!usesWorkFile) return [];
  return modules
    .filter(({ dir, inWorkFile }) => inWorkFile && !moduleDirs.includes(dir))
    .map(({ dir }) => posix.join(dir, 'go.mod'));
}

/** Patterns of where packages would be that a vendor folder lacks: they may have been there before a change. */
export function missingVendored({ modules, externalImports }: BuildClosure): readonly string[] {
  const list = modules.isVendored ? modules.files.find((path) => path.endsWith(VENDOR_LIST)) : undefined;
  if (list === undefined) return [];
  return externalImports.map((path) => belowPattern(posix.join(posix.dirname(list), path)));
}
