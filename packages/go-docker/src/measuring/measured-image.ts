import type { Judgement } from '../budgets/judgement';
import type { Bytes, Digest, ImageLayer } from '../images/image-json';

/**
 * All that `image-size` finds out about the image of a project, as `dist/image-sizes/<project>.json` holds it. Reports are made of this and
 * nothing else. No time, host or engine is in it.
 */
export interface MeasuredImage {
  /** Of this format. */
  readonly version: 1;
  /** Name of the Nx project. */
  readonly project: string;
  /** What the image was compared with. */
  readonly baseline: BaselineSource;
  /** In the order they were asked for when the image was built. */
  readonly platforms: readonly MeasuredPlatform[];
}

/** What the executor `sum` finds out, as `dist/image-sum.json` holds it. */
export interface MeasuredSum {
  /** Of this format. */
  readonly version: 1;
  /** What the sum is of: `3 images`. */
  readonly project: string;
  /** By the names of the platforms. */
  readonly platforms: readonly SizedPlatform[];
}

export interface BaselineSource {
  /** The project's image-size.json, below the workspace root. */
  readonly file: string;
  /** The commit, as `--base` names it, that the file was read from; absent: as it stands in the workspace. */
  readonly ref?: string;
  /** Whether the file was there. */
  readonly isThere: boolean;
}

/** The sizes of one platform's image, or of all images for a platform together, and what the limits say to them. */
export interface SizedPlatform {
  /** For example `linux/amd64` or `linux/arm/v7`. */
  readonly platform: string;
  readonly sizes: PlatformSizes;
  /** One for each kind of {@link LIMIT_KINDS} that was measured, in that order; then one for each size whose growth is limited. */
  readonly judgements: readonly Judgement[];
}

/** What is measured of one platform's image. */
export interface MeasuredPlatform extends SizedPlatform {
  /** Digest of the platform's manifest. */
  readonly digest: Digest;
  /** Lowest first. */
  readonly layers: readonly ImageLayer[];
  /** The programs that the Dockerfile added and that a container sees, in the order of their paths. */
  readonly programs: readonly MeasuredProgram[];
  /** The largest files of the layers that the Dockerfile added, programs among them, largest first; at most {@link MOST_FILES}. */
  readonly files: readonly MeasuredFile[];
  /** The files of those layers that are not listed. */
  readonly otherFiles: Rest;
  readonly comparison: Comparison;
}

/** How many files are listed by name. */
export const MOST_FILES = 50;

export interface PlatformSizes {
  /** The layers as tar archives. */
  readonly unpacked: ImageSizes;
  /** The layers as a registry stores them. */
  readonly compressed: ImageSizes;
  /**
   * The programs that the Dockerfile added, as files: each one as often as a layer stores it. Absent where nobody looked into the layers: in a sum
   * that does not limit it.
   */
  readonly binaryBytes?: Bytes;
  /** The other files that the Dockerfile added, counted the same way, and absent in the same case. */
  readonly assetsBytes?: Bytes;
  /** Their number, those of the base among them. */
  readonly layers: number;
}

/** One size of a whole image. */
export interface ImageSizes {
  readonly totalBytes: Bytes;
  /** The layers that came with the image that `FROM` names. */
  readonly baseBytes: Bytes;
  /** The layers that the Dockerfile added. */
  readonly appBytes: Bytes;
}

export interface MeasuredProgram {
  /** As in a container: `/app`. */
  readonly path: string;
  /** Size of the file. */
  readonly bytes: Bytes;
  /** What they are spent on, or why nobody can tell: it is packed, or not of Go. */
  readonly breakdown: ProgramBreakdown | UnknownBreakdown;
}

export interface UnknownBreakdown {
  /** Why nobody can tell, in words. */
  readonly unknown: string;
  /** The same for a program that is whole and yet says nothing of Go; what `go build` could leave out is not in it. */
  readonly silence?: 'packed' | 'not of Go';
}

/** The bytes of `packages` and of `unattributed` sum up to the program's. */
export interface ProgramBreakdown {
  /** For example `go1.26.8`. */
  readonly goVersion: string;
  /** Whether it was built with `-trimpath`; absent where it does not say how it was built. */
  readonly isTrimmed?: boolean;
  /** Largest first. `module` is the path of one of `modules`; absent where the program does not say it. */
  readonly packages: readonly {
    readonly importPath: string;
    readonly module?: string;
    readonly bytes: Bytes;
  }[];
  /**
   * Largest first; the standard library is `std`. `version` is absent for it, for the module of the program itself, which may be named for
   * the commit it was built at, and for modules from the disk.
   */
  readonly modules: readonly { readonly path: string; readonly version?: string; readonly bytes: Bytes }[];
  /** What no package can be told for, in words: `debug information (DWARF)`. Largest first. */
  readonly unattributed: readonly { readonly what: string; readonly bytes: Bytes }[];
}

/** A regular file of a layer that the Dockerfile added. */
export interface MeasuredFile {
  /** As in a container: `/srv/index.html`. */
  readonly path: string;
  readonly bytes: Bytes;
  /** Index of its layer in {@link MeasuredPlatform.layers}. */
  readonly layer: number;
  /** Whether its bytes count as `binary`; those of others count as `assets`. */
  readonly isProgram: boolean;
  /** Whether a higher layer replaces or removes it: it takes up its bytes, and no container sees it. */
  readonly isHidden: boolean;
}

/** What is not listed one by one. */
export interface Rest {
  readonly count: number;
  readonly bytes: Bytes;
}

/** How an image differs from what is committed. */
export type Comparison =
  /** The project has no image-size.json: nobody has written down yet what it was. */
  | { readonly state: 'untracked' }
  /** At the commit that it is compared with, or for this platform, there was no such image. */
  | { readonly state: 'new' }
  | {
      readonly state: 'compared';
      /** What the sizes were. */
      readonly was: PlatformSizes;
      /** Whether all programs could be broken down, then and now; if not, the next three are empty. */
      readonly isByPackage: boolean;
      /** What differs, the largest difference first. */
      readonly modules: readonly PartChange[];
      readonly packages: readonly PartChange[];
      /** What no package can be told for. */
      readonly unattributed: readonly PartChange[];
      /** Of the layers that the Dockerfile added, programs among them. */
      readonly files: readonly PartChange[];
    };

/** A Go module, a Go package or a file of an image that is not what it was. */
export interface PartChange {
  readonly name: string;
  /** Of a module that has one: `v0.30.0`; of the standard library, `go1.26.8`. */
  readonly version?: string;
  /** The version that the module had, where that is another one. */
  readonly wasVersion?: string;
  /** `unlisted`: it may be new, or was among the small ones that the baseline does not name. */
  readonly state: 'new' | 'gone' | 'changed' | 'unlisted';
  /** Now; 0 where it is gone. */
  readonly bytes: Bytes;
  /** Then; 0 where it is new. Where it is `unlisted`, the most that it can have been. */
  readonly wasBytes: Bytes;
}
