import { GoWorkspaceError } from '../errors';
import { type FileSystem, hasEntry } from '../files/file-system';
import { rememberedFiles } from '../files/remembered-files';
import { childPath, joinPath, type WorkspacePath } from '../files/workspace-path';
import type { KnownGoFiles } from '../sources/known-go-files';
import { parseGoMod } from './go-mod';
import { parseGoWork } from './go-work';
import type { GoModule, GoWorkspace } from './go-workspace';
import type { GoWork, ModuleFile } from './module-files';
import { replacementDirectory } from './replacement-directory';
import { vendorOf } from './vendor-folder';

/**
 * Reads every go.mod of a workspace, and the go.work at its root where there is one.
 *
 * @param knownGoFiles Asked before a Go file is read and parsed.
 * @throws GoWorkspaceError for a file that the go command would refuse, with file and line.
 */
export function readGoWorkspace(fileSystem: FileSystem, knownGoFiles?: KnownGoFiles): GoWorkspace {
  const files = rememberedFiles(fileSystem);
  const workText = files.readFile('go.work');
  const workFile = workText === undefined ? undefined : parseGoWork(workText, 'go.work');
  const used = workFile ? usedDirectories(files, workFile) : new Set<WorkspacePath>();
  const modules = new Map<WorkspacePath, GoModule>();
  const add = (dir: WorkspacePath): void => {
    const module = modules.has(dir) ? undefined : readModule(files, dir, used.has(dir));
    if (!module) return;
    modules.set(dir, module);
    for (const target of replacementDirectories(module.goMod, dir)) add(target);
  };
  for (const dir of [
    ...used,
    ...(workFile ? replacementDirectories(workFile, '.') : []),
    ...moduleDirectories(files),
  ]) {
    add(dir);
  }
  const sorted = [...modules.values()].sort((a, b) => (a.dir < b.dir ? -1 : 1));
  if (workFile)
    rejectDuplicates(
      workFile,
      sorted.filter(({ inWorkFile }) => inWorkFile),
    );
  const hasWorkVendor = vendorOf(files, '.', workFile) === 'workspace';
  return { files, knownGoFiles, workFile, modules: sorted, hasWorkVendor };
}

function usedDirectories(files: FileSystem, workFile: GoWork): Set<WorkspacePath> {
  const used = new Set<WorkspacePath>();
  for (const { directory, line } of workFile.use) {
    const dir = joinPath('.', directory.replaceAll('\\', '/'));
    if (dir === undefined || directory.startsWith('/')) {
      throw new GoWorkspaceError(`\`use ${directory}\` leaves the workspace`, {
        location: { file: workFile.file, line },
        advice: 'An image is built from the workspace alone: move the module into it.',
      });
    }
    if (!hasEntry(files, dir, 'go.mod', 'file')) {
      throw new GoWorkspaceError(`\`use ${directory}\`: there is no ${childPath(dir, 'go.mod')}`, {
        location: { file: workFile.file, line },
        advice: `Remove the line with \`go work edit -dropuse=${directory}\`, or add the module.`,
      });
    }
    used.add(dir);
  }
  return used;
}

function readModule(files: FileSystem, dir: WorkspacePath, inWorkFile: boolean): GoModule | undefined {
  const file = childPath(dir, 'go.mod');
  const text = hasEntry(files, dir, 'go.mod', 'file') ? files.readFile(file) : undefined;
  if (text === undefined) return undefined;
  const goMod = parseGoMod(text, file);
  return {
    dir,
    path: goMod.module,
    goMod,
    inWorkFile,
    hasGoSum: hasEntry(files, dir, 'go.sum', 'file'),
    hasVendor: vendorOf(files, dir, goMod) === 'module',
  };
}

/** The folders inside the workspace that a file puts in the place of modules. */
function replacementDirectories(file: ModuleFile, dir: WorkspacePath): WorkspacePath[] {
  return file.replace.flatMap((replacement) => replacementDirectory(replacement, dir) ?? []);
}

/** Folders in which a go.mod is not one of the workspace, unless a file names it. */
const SKIPPED = new Set(['node_modules', 'vendor', 'testdata', 'dist']);

function* moduleDirectories(files: FileSystem, dir: WorkspacePath = '.'): Generator<WorkspacePath> {
  for (const { name, kind, link } of files.readDirectory(dir)) {
    if (name === 'go.mod' && kind === 'file') yield dir;
    // Like the go command, a walk does not follow links: what they name has a place of its own.
    if (kind === 'directory' && !link && !/^[._]/.test(name) && !SKIPPED.has(name)) {
      yield* moduleDirectories(files, childPath(dir, name));
    }
  }
}

function rejectDuplicates(workFile: GoWork, modules: readonly GoModule[]): void {
  const byPath = new Map<string, GoModule>();
  for (const module of modules) {
    const other = byPath.get(module.path);
    if (other) {
      throw new GoWorkspaceError(
        `the module ${module.path} is there twice: in ${other.dir} and in ${module.dir}`,
        {
          location: { file: workFile.file },
          advice: 'Give one of them another module path, or remove its `use` line.',
        },
      );
    }
    byPath.set(module.path, module);
  }
}
