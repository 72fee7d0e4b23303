import type { Bytes, Digest } from '../images/image-json';
import type { PlatformSizes } from '../measuring/measured-image';
import type { Variant } from './variants';

/** One app on several bases, as `dist/image-compare/<project>.json` holds it. Table and chart are made of this and nothing else. */
export interface ImageComparison {
  /** Of this format. */
  readonly version: 1;
  /** Name of the Nx project. */
  readonly project: string;
  /** For example `linux/amd64`. */
  readonly platform: string;
  /** What reductions are counted from: the single stage, not stripped; else the largest image. Absent where none was built. */
  readonly reference?: Variant;
  readonly variants: readonly ComparedVariant[];
  /** What a reader of the figures has to know, in sentences without a full stop. */
  readonly notes: readonly string[];
}

export type ComparedVariant = Variant & (BuiltVariant | MissingVariant);

export interface BuiltVariant {
  readonly outcome: 'built';
  /** What the image stands on, as FROM names it. */
  readonly from: string;
  /** That of the app's own image where this is the same; where the workspace lacks files that the base needs, each run has another. */
  readonly digest: Digest;
  readonly sizes: PlatformSizes;
  /** The app's program as a file; absent for the single stage, which nobody looks into. */
  readonly programBytes?: Bytes;
  /** The part of the reference that is saved, such as 0.987; negative where the image is larger. Absent for the reference. */
  readonly reduction?: { readonly unpacked: number; readonly compressed: number };
  /** What a start of the program takes; absent where nobody asked. */
  readonly start?: StartFigures | { readonly notMeasured: string };
}

export interface MissingVariant {
  readonly outcome: 'failed' | 'left out';
  /** Why, as a sentence without a full stop. */
  readonly reason: string;
}

/** Starts of a program on the machine that measured. */
export interface StartFigures {
  /** How many starts the medians are of. */
  readonly starts: number;
  /** What ended the clock: the TCP port that the program served, or its first output. */
  readonly until: { readonly port: number } | 'first output';
  /** Median, from the start of the process. */
  readonly readyMilliseconds: number;
  /** Median of the largest resident set until then. */
  readonly peakBytes: Bytes;
}

export function isBuilt(variant: ComparedVariant): variant is Variant & BuiltVariant {
  return variant.outcome === 'built';
}
