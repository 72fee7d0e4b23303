import type { WorkspacePath } from '@go-docker/go-workspace';

/** What the `runner` stage stands on. */
export const runners = ['distroless', 'scratch', 'alpine', 'debian'] as const;
export type Runner = (typeof runners)[number];

/** Where modules are downloaded to: a layer of the `deps` stage, or a cache mount of the build. */
export const depsCaches = ['layer', 'mount'] as const;
export type DepsCache = (typeof depsCaches)[number];

/** What a program with cgo is linked with: the C library of its base, or a static musl. */
export const cgoLinks = ['glibc', 'musl', 'static'] as const;
export type CgoLink = (typeof cgoLinks)[number];

/** How the sources of private modules know who asks: a netrc file, or an ssh agent. */
export const auths = ['netrc', 'ssh'] as const;
export type Auth = (typeof auths)[number];

/** Stages that a Dockerfile has where they are asked for. */
export const extraStages = ['test', 'debug'] as const;
export type ExtraStage = (typeof extraStages)[number];

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
  /** Whether the program is linked with C code, by the C library of its runner. */
  readonly cgo?: boolean;
  /** Whether the program is packed by UPX. */
  readonly upx?: boolean;
  /** The path that a healthy program answers on `port`, such as `/healthz`. */
  readonly healthcheck?: string;
  readonly stages?: readonly ExtraStage[];
  /** Whether a new Dockerfile has a `dev` stage; default true. */
  readonly dev?: boolean;
  /** Patterns of the modules that no public proxy has, as GOPRIVATE takes them. */
  readonly private?: readonly string[];
  readonly auth?: readonly Auth[];
  /** Whether a certificate authority of the user's own is trusted during the build. */
  readonly ca?: boolean;
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
