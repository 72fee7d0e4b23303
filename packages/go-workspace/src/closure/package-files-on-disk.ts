import type { WorkspacePath } from '../files/workspace-path';
import type { GoWorkspace } from '../modules/go-workspace';
import { sourceReader } from '../sources/source-reader';
import type { PackageFiles } from './closures';
import { packageOnDisk } from './package-files';

/** What one package adds to `files` of a build closure, sorted. The same list whenever the same package is asked for. */
export function packageFilesOnDisk(workspace: GoWorkspace, files: PackageFiles): readonly WorkspacePath[] {
  return packageOnDisk(sourceReader(workspace), files);
}
