import type { Bytes } from '../images/image-json';
import type { ImageContents } from '../measuring/measure-image';
import type { PlatformSizes, ProgramBreakdown, Rest } from '../measuring/measured-image';

/** What a project's image was when somebody last wrote it down: the committed image-size.json. */
export interface Baseline {
  /** Of the format. */
  readonly version: 1;
  /** Name of the Nx project. */
  readonly project: string;
  /** By platform. */
  readonly images: Readonly<Record<string, PlatformBaseline>>;
}

export interface PlatformBaseline {
  readonly sizes: PlatformSizes & Required<Pick<PlatformSizes, 'binaryBytes' | 'assetsBytes'>>;
  /** What the programs are made of; absent where one of them could not be broken down. */
  readonly programs?: {
    readonly modules: Listed;
    readonly packages: Listed;
    readonly unattributed: Listed;
  };
  readonly files: Listed;
}

/** The largest parts by name, and what is not listed of them. */
export interface Listed {
  readonly parts: ReadonlyMap<string, Part>;
  readonly others: Rest;
}

export interface Part {
  readonly bytes: Bytes;
  /** Of a module; where programs have several, all of them: `v0.29.0 and v0.30.0`. */
  readonly version?: string;
}

export const BASELINE_VERSION = 1;

/**
 * How many are listed: as many as tell a new package from one that was too small to be named, and few enough that a person reads the diff
 * of the file.
 */
const MOST = { modules: 50, packages: 100, unattributed: 20, files: 20 } as const;

/**
 * What is written down of an image.
 *
 * @param earlier What was written down before; the platforms that were not measured now stay as they are there.
 */
export function baselineOf(project: string, images: readonly ImageContents[], earlier?: Baseline): Baseline {
  const measured = images.map((image) => [image.platform, platformBaseline(image)] as const);
  return {
    version: BASELINE_VERSION,
    project,
    images: { ...earlier?.images, ...Object.fromEntries(measured) },
  };
}

/** The platforms that a baseline names and that were not measured, in the order of their names. */
export function unmeasuredPlatforms(
  baseline: Baseline | undefined,
  images: readonly Pick<ImageContents, 'platform'>[],
): readonly string[] {
  return Object.keys(baseline?.images ?? {})
    .filter((platform) => !images.some((image) => image.platform === platform))
    .sort();
}

function platformBaseline(image: ImageContents): PlatformBaseline {
  const { binaryBytes = 0, assetsBytes = 0 } = image.sizes;
  const parts = partsOf(image);
  return {
    sizes: { ...image.sizes, binaryBytes, assetsBytes },
    ...(parts.programs && {
      programs: {
        modules: listed(parts.programs.modules, MOST.modules),
        packages: listed(parts.programs.packages, MOST.packages),
        unattributed: listed(parts.programs.unattributed, MOST.unattributed),
      },
    }),
    files: listed(parts.files, MOST.files),
  };
}

/** What an image is made of, under the names by which it is compared. */
export interface ImageParts {
  /** Of all programs together; absent where one of them could not be broken down. */
  readonly programs?: {
    readonly modules: ReadonlyMap<string, Part>;
    readonly packages: ReadonlyMap<string, Part>;
    readonly unattributed: ReadonlyMap<string, Part>;
  };
  readonly files: ReadonlyMap<string, Part>;
}

/** The parts of an image: those of several programs, and the copies of a file, together. */
export function partsOf({ programs, files }: ImageContents): ImageParts {
  const breakdowns = programs.flatMap(({ breakdown }) => ('unknown' in breakdown ? [] : [breakdown]));
  return {
    ...(breakdowns.length === programs.length && {
      programs: {
        modules: together(breakdowns.flatMap(modulesOf)),
        packages: together(
          breakdowns.flatMap(({ packages }) =>
            packages.map(({ importPath, bytes }) => [importPath, { bytes }]),
          ),
        ),
        unattributed: together(
          breakdowns.flatMap(({ unattributed }) => unattributed.map(({ what, bytes }) => [what, { bytes }])),
        ),
      },
    }),
    files: together(files.map(({ path, bytes }) => [path, { bytes }])),
  };
}

type Named = readonly [name: string, part: Part];

/** The standard library has the version of Go. */
function modulesOf({ modules, goVersion }: ProgramBreakdown): Named[] {
  return modules.map(({ path, version, bytes }) => [
    path,
    { bytes, version: path === 'std' ? goVersion : version },
  ]);
}

function together(parts: readonly Named[]): ReadonlyMap<string, Part> {
  const sums = new Map<string, Part>();
  for (const [name, { bytes, version }] of parts) {
    const earlier = sums.get(name);
    const versions = allVersions(earlier?.version, version);
    sums.set(name, {
      bytes: bytes + (earlier?.bytes ?? 0),
      ...(versions !== undefined && { version: versions }),
    });
  }
  return sums;
}

/** Programs of one image may be built from different modules: `v0.29.0 and v0.30.0`. */
function allVersions(...versions: readonly (string | undefined)[]): string | undefined {
  const all = new Set(versions.flatMap((version) => version?.split(AND) ?? []));
  return all.size === 0 ? undefined : [...all].sort().join(AND);
}

const AND = ' and ';

function listed(parts: ReadonlyMap<string, Part>, most: number): Listed {
  const sorted = [...parts].sort(([a, one], [b, other]) => other.bytes - one.bytes || (a < b ? -1 : 1));
  const others = sorted.slice(most);
  return {
    parts: new Map(sorted.slice(0, most)),
    others: { count: others.length, bytes: others.reduce((sum, [, { bytes }]) => sum + bytes, 0) },
  };
}
