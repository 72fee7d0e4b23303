import type { WorkspacePath } from '../files/workspace-path';

/** What go.mod and go.work have in common (https://go.dev/ref/mod#go-mod-file, https://go.dev/ref/mod#go-work-file). */
export interface ModuleFile {
  /** Where the text was read from. */
  readonly file: WorkspacePath;
  /** The `go` line, such as `1.25` or `1.25.3`. */
  readonly go?: string;
  /** The `toolchain` line, such as `go1.25.3` or `default`. */
  readonly toolchain?: string;
  readonly godebug: readonly GoDebug[];
  readonly replace: readonly Replacement[];
}

export interface GoMod extends ModuleFile {
  /** The module path of the `module` line. */
  readonly module: string;
  readonly require: readonly Requirement[];
  readonly exclude: readonly ModuleVersion[];
  readonly retract: readonly Retraction[];
  /** Import paths of `tool` lines. */
  readonly tool: readonly string[];
  /** Folders of `ignore` lines, as written. */
  readonly ignore: readonly string[];
}

export interface GoWork extends ModuleFile {
  readonly use: readonly Use[];
}

export interface ModuleVersion {
  readonly path: string;
  readonly version: string;
}

export interface Requirement extends ModuleVersion {
  /** Marked `// indirect`. */
  readonly indirect: boolean;
  readonly line: number;
}

export interface Replacement {
  /** The module path that is replaced. */
  readonly path: string;
  /** The only version that is replaced; undefined for all versions. */
  readonly version?: string;
  /** A folder as written, or another module. */
  readonly replacement: { readonly directory: string } | ModuleVersion;
  readonly line: number;
}

export interface Retraction {
  readonly low: string;
  readonly high: string;
}

export interface GoDebug {
  readonly key: string;
  readonly value: string;
}

export interface Use {
  /** The folder as written. */
  readonly directory: string;
  readonly line: number;
}
