import { posix } from 'node:path';
import {
  type GoWorkspace,
  isGoFile,
  packageFilesOnDisk,
  type PackageFiles,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import { isNamedForOtherSystem, isPlainFolder } from './file-patterns';

/** What one package adds to the inputs of an image. */
export interface PackageInputs {
  readonly dir: WorkspacePath;
  /**
   * Which Go files of the folder a pattern stands for: `all` but tests, or those for `linux`, which spares what is named for another system,
   * such as `path_windows.go`. Undefined where no pattern says exactly what is compiled.
   */
  readonly pattern?: 'all' | 'linux';
  /** The other files of the package, or all. */
  readonly files: readonly WorkspacePath[];
}

const known = new WeakMap<PackageFiles, PackageInputs>();

/** Made once for all images that share the package. */
export function packageInputs(workspace: GoWorkspace, files: PackageFiles): PackageInputs {
  const inputs = known.get(files) ?? newInputs(workspace, files);
  known.set(files, inputs);
  return inputs;
}

function newInputs(workspace: GoWorkspace, files: PackageFiles): PackageInputs {
  const { dir } = files;
  const onDisk = packageFilesOnDisk(workspace, files);
  const pattern = isPlainFolder(dir) ? patternOf(workspace, dir, new Set(onDisk)) : undefined;
  const isGoFileHere = (path: WorkspacePath): boolean => isGoFile(path) && posix.dirname(path) === dir;
  return pattern === undefined
    ? { dir, files: onDisk }
    : { dir, pattern, files: onDisk.filter((path) => !isGoFileHere(path)) };
}

function patternOf(
  { files }: GoWorkspace,
  dir: WorkspacePath,
  compiled: ReadonlySet<WorkspacePath>,
): PackageInputs['pattern'] {
  const goFiles = files
    .readDirectory(dir)
    .filter(({ name, kind }) => kind === 'file' && isGoFile(name))
    .map(({ name }) => ({
      isSpared: isNamedForOtherSystem(name),
      isCompiled: compiled.has(`${dir}/${name}`),
    }));
  // A build tag may be called like a system: then its files are compiled as well.
  if (!goFiles.every(({ isSpared, isCompiled }) => isSpared !== isCompiled)) return undefined;
  return goFiles.some(({ isSpared }) => isSpared) ? 'linux' : 'all';
}
