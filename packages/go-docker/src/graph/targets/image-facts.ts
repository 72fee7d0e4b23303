import type { EngineName } from '../../engines/engine';
import type { Input } from '../inputs/image-inputs';

/** What the targets of one app are made from. */
export interface ImageFacts {
  /** Name of the Nx project, for the texts; `{projectName}` where Nx gives the name. */
  readonly project: string;
  /** The project's name as a path: see `projectPath`. */
  readonly outputName: string;
  /** Below the workspace root. */
  readonly dockerfile: string;
  readonly inputs: readonly Input[];
  /** What the target is made from that tells which module versions are linked; undefined: all their files are among `inputs`. */
  readonly modules?: {
    readonly inputs: readonly Input[];
    /** Import paths that other modules than the workspace's own serve. */
    readonly imports: readonly string[];
  };
  /** Whether another target makes files of the image, so that its outputs decide what the image is. */
  readonly isGenerated?: boolean;
  /** Why the inputs are not known exactly. Then nothing is cached: the executor says what is wrong. */
  readonly problem?: string;
  /** What builds the image; undefined: what is there. */
  readonly engine?: EngineName;
  /** Whether the app can be run while it is worked on: a `dev` stage, and settings of air. */
  readonly hasDev: boolean;
}
