import {
  type GoWorkspace,
  packageFilesOnDisk,
  type PackageFiles,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import { sourceFolder, type SourceFolder } from './source-folders';

/** What one package adds to the inputs of an image. */
export interface PackageInputs {
  /** Its folder, where patterns can name that. */
  readonly folder?: SourceFolder;
  /** The files that those patterns do not match. */
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
  const onDisk = packageFilesOnDisk(workspace, files);
  const folder = sourceFolder(workspace.files, files.dir, new Set(onDisk));
  const named = new Set(folder?.files);
  return { folder, files: onDisk.filter((path) => !named.has(path)) };
}
