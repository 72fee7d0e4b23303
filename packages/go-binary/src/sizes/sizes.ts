/** A count of bytes. */
export type Bytes = number;

/**
 * What the bytes of a compiled Go program are spent on. Nothing is left out and nothing counts twice: the bytes of
 * {@link packages} and of {@link unattributed} sum up to {@link bytes}, and so do those of {@link sections}.
 */
export interface ProgramSizes {
  /** Size of the file. */
  readonly bytes: Bytes;
  /** For example `go1.26.8`. */
  readonly goVersion: string;
  /** What the file consists of, in its order: each section of ELF, and in between what lies in none. */
  readonly sections: readonly SectionSize[];
  /** Largest first; equal ones by import path. */
  readonly packages: readonly PackageSize[];
  /** The modules of {@link packages}, largest first; equal ones by path. */
  readonly modules: readonly ModuleSize[];
  /** What no package can be told for, by name, largest first. */
  readonly unattributed: readonly UnattributedSize[];
}

export interface SectionSize {
  /** As ELF calls it, for example `.text`; in brackets what is no section: `(section headers)`. */
  readonly name: string;
  readonly bytes: Bytes;
}

export interface PackageSize {
  /**
   * As `go list` prints it, for example `net/http`, `vendor/golang.org/x/net/idna`; the main package by its own import
   * path, and as `main` where the program does not say it.
   */
  readonly importPath: string;
  /** The {@link ModuleSize.path} of the module that it belongs to; absent where the program does not say it. */
  readonly module?: string;
  /** The sum of the following. */
  readonly bytes: Bytes;
  /** Machine code. */
  readonly functionBytes: Bytes;
  /** What the program says of these functions to its own runtime: names, lines, stack maps. */
  readonly functionTableBytes: Bytes;
  /** Variables and constants that carry the package's name. Only programs with a symbol table tell. */
  readonly dataBytes: Bytes;
}

export interface ModuleSize {
  /** As in go.mod; `std` for the standard library. */
  readonly path: string;
  /** For example `v1.9.1`, `(devel)`; absent for the standard library, and for a module without one. */
  readonly version?: string;
  /** The sum of its packages. */
  readonly bytes: Bytes;
}

export interface UnattributedSize {
  /** In words, for example `debug information (DWARF)`. */
  readonly what: string;
  readonly bytes: Bytes;
}
