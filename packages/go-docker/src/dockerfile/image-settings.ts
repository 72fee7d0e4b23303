import type { WorkspacePath } from '@go-docker/go-workspace';

/** What the `runner` stage stands on. */
export const runners = ['distroless', 'scratch', 'alpine', 'debian'] as const;
export type Runner = (typeof runners)[number];

/** Where modules are downloaded to: a layer of the `deps` stage, or a cache mount of the build. */
export const depsCaches = ['layer', 'mount'] as const;
export type DepsCache = (typeof depsCaches)[number];

export interface ImageSettings {
  readonly runner: Runner;
  /** The port that `runner` exposes. */
  readonly port?: number;
  /** Files and folders that the program reads at run time. */
  readonly assets: readonly WorkspacePath[];
  readonly depsCache: DepsCache;
  /** The Go release to build with, in place of the workspace's own. */
  readonly goVersion?: string;
  /** Platforms that files are let into the build context for, such as `linux/arm/v7`; undefined: linux/amd64 and linux/arm64. */
  readonly platforms?: readonly string[];
}

/** What lies in the workspace before an image's files are written. */
export interface ExistingFiles {
  /** Text of the image's Dockerfile. */
  readonly dockerfile?: string;
  /** Text of the ignore file beside it. */
  readonly dockerignore?: string;
  /** Which of `sharedFiles` there are: they belong to the user and stay as they are. */
  readonly shared?: readonly WorkspacePath[];
}
