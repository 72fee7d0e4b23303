import type { ImagePlan } from '../engine';
import type { Seat } from '../gathering';
import type { Destination } from './build-arguments';
import type { Builder } from './builder';
import type { Docker } from './docker';

/** One build, and what it is done with. */
export interface Build {
  readonly plan: ImagePlan;
  /** Where archives are written to: the folder of this build alone. */
  readonly directory: string;
  readonly builder: Builder;
  readonly docker: Docker;
  /** Where stages are not built by BuildKit: what it takes in their place. */
  readonly replaced?: ReplacedStages;
  /** Set where other images are built at the same time. */
  readonly bake?: BakeSeat;
}

/** One image of those that are baked together. */
export interface BakeOrder {
  readonly build: Build;
  readonly platforms: readonly string[];
  readonly destination: Destination;
}

/** Asks for an image; the answer is whether it was made. */
export type BakeSeat = Seat<BakeOrder, boolean>;

/**
 * Gives `use` the contexts that take the place of stages in the image for one platform, by the name of the stage; they need not be there
 * afterwards.
 */
export type ReplacedStages = <T>(
  platform: string,
  use: (contexts: Readonly<Record<string, string>>) => Promise<T>,
) => Promise<T>;
