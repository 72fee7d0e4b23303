export { buildClosure } from './closure/build-closure';
export type {
  BuildClosure,
  ModuleClosure,
  PackageFiles,
  TestClosure,
  TestedPackage,
} from './closure/closures';
export { heldVersions, type HeldVersion } from './closure/held-versions';
export { type GeneratedCode, MissingPackagesError } from './closure/missing-packages';
export type { MissingPackage } from './closure/package-graph';
export { packageFilesOnDisk } from './closure/package-files';
export { prunedGoWork } from './closure/pruned-go-work';
export { testClosure } from './closure/test-closure';
export { type FileImports, workspaceImports } from './closure/workspace-imports';
export { GoWorkspaceError, type GoWorkspaceErrorDetails, type SourceLocation } from './errors';
export { diskFileSystem } from './files/disk-file-system';
export { type DirectoryEntry, type FileSystem, hasEntry } from './files/file-system';
export { memoryFileSystem } from './files/memory-file-system';
export { rememberedFiles } from './files/remembered-files';
export { isWithin, type WorkspacePath } from './files/workspace-path';
export type { GoApp } from './modules/apps';
export { findApps } from './modules/find-apps';
export { parseGoMod } from './modules/go-mod';
export { goVersionOf } from './modules/go-version';
export { parseGoWork } from './modules/go-work';
export type { GoModule, GoWorkspace } from './modules/go-workspace';
export type * from './modules/module-files';
export { readGoWorkspace } from './modules/read-workspace';
export type { GoFile } from './sources/go-file';
export type { KnownGoFiles } from './sources/known-go-files';
export { isGoFile, OTHER_EXTENSIONS } from './sources/package-sources';
export { isHidden, SYSTEMS } from './sources/source-file';
export type { BuildPlatform, BuildTarget } from './sources/build-target';
