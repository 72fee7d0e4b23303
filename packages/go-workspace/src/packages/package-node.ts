import type { SourceLocation } from '../errors';
import type { WorkspacePath } from '../files/workspace-path';
import type { PackageSources } from '../sources/package-sources';

/** One package of the workspace as it is built for one platform. */
export interface PackageNode extends Pick<PackageSources, 'dir' | 'goFiles' | 'otherFiles' | 'leftOut'> {
  readonly importPath: string;
  readonly moduleDir: WorkspacePath;
  readonly embedFiles: readonly WorkspacePath[];
  readonly embedWildcards: readonly string[];
  readonly embedFolders: readonly WorkspacePath[];
  readonly embedAll: readonly WorkspacePath[];
  /** Set where the package has no Go file at all. */
  readonly missing?: MissingPackage;
}

/** A package that is imported, and that has no Go files. */
export interface MissingPackage extends PackageReference {
  /** What lies in its folder. */
  readonly names: readonly string[];
}

/** A package, and the import that asks for it; none for the one that is built. */
export interface PackageReference {
  readonly importPath: string;
  readonly dir: WorkspacePath;
  readonly moduleDir: WorkspacePath;
  readonly importedAt?: SourceLocation;
}
