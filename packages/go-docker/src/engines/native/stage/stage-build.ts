import type { ImagePlan } from '../../engine';
import type { BaseImages } from '../bases/base-images';
import type { HostGo } from '../compiler/host-go';
import type { JointSeat } from '../compiler/joint-request';
import type { HostRoot } from '../compiler/host-root';
import type { ParsedDockerfile } from '../dockerfile/instruction';
import type { Stage, Stages } from '../dockerfile/stages';
import type { FileTree } from '../files/file-tree';
import type { BuiltStage } from './built-stage';

/** What the stages of an image for one platform are built with. */
export interface StageBuild {
  readonly plan: ImagePlan;
  readonly dockerfile: ParsedDockerfile;
  readonly stages: Stages;
  /** What the image is for: `linux/arm/v7`. */
  readonly platform: string;
  readonly bases: BaseImages;
  /** The build context, or a named one that is a folder of this machine; read when it is first asked for. */
  readonly context: (name?: string) => FileTree;
  /** The Go of this machine. @throws GoDockerError where there is none. */
  readonly hostGo: () => Promise<HostGo>;
  /** A folder of this build, on this machine. */
  readonly directory: string;
  /** Where the host's Go finds the files of a stage, and of those that start from it; the same for all platforms. */
  readonly rootOf: (stage: Stage) => HostRoot;
  /** Whether layers of the stage are part of the image. */
  readonly isOfImage: (stage: Stage) => boolean;
  /** A stage that another one needs; built once. */
  readonly built: (stage: Stage) => Promise<BuiltStage>;
  /** Set where other images are built at the same time. */
  readonly joint?: JointSeat;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}
