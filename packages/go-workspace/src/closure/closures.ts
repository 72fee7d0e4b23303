import type { WorkspacePath } from '../files/workspace-path';
import type { ModuleClosure } from '../module-closure/module-closure';
import type { EmbeddedFiles } from '../packages/embedded-files';
import type { MissingPackage } from '../packages/package-node';

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
export interface PackageFiles extends EmbeddedFiles {
  readonly dir: WorkspacePath;
  readonly importPath: string;
  readonly moduleDir: WorkspacePath;
  /** Go files, with those that use cgo where cgo is on. */
  readonly goFiles: readonly WorkspacePath[];
  /** Assembly, headers, C sources, `.syso`. */
  readonly otherFiles: readonly WorkspacePath[];
  /** Files that no platform takes, and that one would take if they said something else: another constraint, or nothing of cgo. */
  readonly leftOut: readonly WorkspacePath[];
  /** The `//go:embed` patterns that hold a wildcard (https://pkg.go.dev/path#Match), each below the workspace root and without `all:`. */
  readonly embedWildcards: readonly string[];
}

/** What it takes to run the tests of a build closure, besides that closure itself. */
export interface TestClosure {
  /** The local packages whose tests run, with or without any: not those of a vendor folder. Sorted by folder. */
  readonly tested: readonly TestedPackage[];
  /**
   * Local packages whose tests cannot run: they lie in a module that takes another's place and that Go does not build in, and their
   * tests import what the module that Go builds in does not. Sorted by folder.
   */
  readonly untested: readonly TestedPackage[];
  /** Local packages that nothing but tests imports, sorted by folder. */
  readonly helpers: readonly PackageFiles[];
  /** The modules of the build closure and of the helpers. */
  readonly modules: ModuleClosure;
  /** The files of the helpers, and what tests embed, as they are on disk: sorted, each once. Test files are not among them. */
  readonly files: readonly WorkspacePath[];
  /** The test files of the tested packages as they are on disk: sorted, each once. */
  readonly testFiles: readonly WorkspacePath[];
  /** Folders called `testdata` of the tested packages, as they are on disk: sorted, each once. */
  readonly testdata: readonly WorkspacePath[];
}

/** A package of the workspace whose tests may run; `embedFiles` are those of its tests. */
export interface TestedPackage extends Pick<PackageFiles, 'dir' | 'importPath' | 'moduleDir' | 'embedFiles'> {
  /** Whether it lies in a module that Go builds in, so that `go test` takes its folder for it; otherwise it is known by its import path. */
  readonly isMain: boolean;
}
