import type { ImagePlan } from '../engine';
import type { Builder } from './builder';
import type { Docker } from './docker';

/** One build, and what it is done with. */
export interface Build {
  readonly plan: ImagePlan;
  /** Where archives are written to: the folder of this build alone. */
  readonly directory: string;
  readonly builder: Builder;
  readonly docker: Docker;
}
