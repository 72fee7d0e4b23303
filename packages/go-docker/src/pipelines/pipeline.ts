import type { PackageManager } from './package-managers';
import type { Provider } from './provider';
import type { PushTarget } from './push-target';

/** What builds images in a pipeline. `hybrid` needs what both need, and is for those who know that they want it. */
export const pipelineEngines = ['native', 'docker'] as const;
export type PipelineEngine = (typeof pipelineEngines)[number];

/** Everything that the file of a pipeline is made from. */
export interface Pipeline {
  readonly provider: Provider;
  readonly engine: PipelineEngine;
  /** The branch whose images are pushed, and that others are compared with. */
  readonly mainBranch: string;
  readonly packageManager: PackageManager;
  /** undefined: nothing is pushed. */
  readonly push?: PushTarget;
  readonly targets: PipelineTargets;
  /** Below the workspace root: go.work or go.mod, which tells the Go release; undefined: none lies at the root. */
  readonly goVersionFile?: string;
  /** Below the workspace root: what tells the Node.js release; undefined: nothing does. */
  readonly nodeVersionFile?: string;
  /** GitLab's stages that jobs may be in; undefined: those that GitLab has by itself. */
  readonly stages?: readonly string[];
}

/** Names of the targets of go-docker in this workspace. */
export interface PipelineTargets {
  readonly image: string;
  readonly size?: string;
  readonly push?: string;
}

/** What a person has said, which the file remembers for the next time. */
export interface SaidOptions {
  readonly engine?: PipelineEngine;
  readonly mainBranch?: string;
  readonly packageManager?: string;
  /** The repository of the images, or `none`. */
  readonly push?: string;
}
