import type { WorkspacePath } from '../files/workspace-path';
import type { MissingPackage } from './package-graph';

/** Everything in the workspace that one main package is compiled from, over all platforms of the target. */
export interface BuildClosure {
  readonly packageDir: WorkspacePath;
  readonly modules: ModuleClosure;
  /** The main package and every local package it imports, sorted by folder. */
  readonly packages: readonly PackageFiles[];
  /** The files of all packages as they are on disk: with symbolic links, both the links and what they lead to. Sorted, each once. */
  readonly files: readonly WorkspacePath[];
  /** Imports that are neither in the standard library nor local: sorted, each once. */
  readonly externalImports: readonly string[];
  /** Those of `packages` that a program has yet to write. */
  readonly missing: readonly MissingPackage[];
}

/** The files that Go takes of one package, all sorted. */
export interface PackageFiles {
  readonly dir: WorkspacePath;
  readonly importPath: string;
  readonly moduleDir: WorkspacePath;
  /** Go files, with those that use cgo where cgo is on. */
  readonly goFiles: readonly WorkspacePath[];
  /** Assembly, headers, C sources, `.syso`. */
  readonly otherFiles: readonly WorkspacePath[];
  /** Files of `//go:embed` patterns. */
  readonly embedFiles: readonly WorkspacePath[];
}

/** What must be on disk for Go to load the modules of one main package. */
export interface ModuleClosure {
  /** Whether Go reads a go.work; otherwise the image builds with `GOWORK=off`. */
  readonly usesWorkFile: boolean;
  /** Whether a vendor folder holds all that is not of these modules; then nothing is downloaded. */
  readonly isVendored: boolean;
  /** Modules whose sources or go.mod are needed, sorted. */
  readonly moduleDirs: readonly WorkspacePath[];
  /**
   * Those of `moduleDirs` that nothing needs but their go.mod: without it Go's minimal version selection would take an older
   * version of an external module than it takes in the whole workspace.
   */
  readonly versionDonors: readonly WorkspacePath[];
  /** The go.mod and go.sum files and go.work.sum, as far as they exist; not go.work, which is pruned. Sorted. */
  readonly files: readonly WorkspacePath[];
}
