/** What the Go linker writes into a program. https://pkg.go.dev/runtime/debug#BuildInfo */
export interface BuildInfo {
  /** For example `go1.26.8`. */
  readonly goVersion: string;
  /** Import path of the main package; absent in programs that were not built from a module. */
  readonly path?: string;
  /** The module that holds the main package. */
  readonly main?: GoModuleVersion;
  /** Modules the program is linked with, in the order the linker wrote them: by path. */
  readonly deps: readonly GoModuleVersion[];
  /** Build settings such as `GOARCH`, `-trimpath` or `CGO_ENABLED`, in the order the linker wrote them. */
  readonly settings: readonly BuildSetting[];
}

export interface GoModuleVersion {
  readonly path: string;
  /** For example `v1.9.1`, `(devel)`; absent for a module without one. */
  readonly version?: string;
  /** `h1:` checksum; absent for a module from the disk. */
  readonly sum?: string;
  readonly replace?: GoModuleVersion;
}

export interface BuildSetting {
  readonly key: string;
  readonly value: string;
}
