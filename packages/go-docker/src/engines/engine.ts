import type { PlatformImage } from '../images/image-json';

/** Builds the image of one app. What makes it, and from where the binary comes, is the engine's own matter. */
export interface Engine {
  readonly name: EngineName;

  /**
   * Builds the image that `plan` describes and leaves it as an OCI image layout (with `manifest.json`) in `directory`/oci.
   *
   * @param directory A folder of this build alone, on the disk that the image will stay on. The engine may keep its own files
   *   there and removes them; on failure the caller removes the folder.
   * @param signal Ends the build: every program that the engine started has ended when the promise is rejected.
   * @returns What the layout holds, in the order of `plan.platforms`.
   * @throws GoDockerError for everything that a person can mend.
   */
  build(plan: ImagePlan, directory: string, signal: AbortSignal): Promise<readonly PlatformImage[]>;

  /**
   * Gives `use` engines for images that are built at the same time, one for each: what can be done for all at once they do together. The
   * images are the same as if each had been built alone, and one that fails takes none with it.
   */
  together<T>(
    count: number,
    signal: AbortSignal,
    use: (companions: readonly Companion[]) => Promise<T>,
  ): Promise<T>;
}

/** Builds one of several images. */
export interface Companion extends Pick<Engine, 'build'> {
  /** To be called once its image is built, or will not be: the others may be waiting for it. */
  leave(): void;
}

export const engineNames = ['docker', 'native', 'hybrid'] as const;
export type EngineName = (typeof engineNames)[number];

/** One image to be built: options, checked and with every default filled in. */
export interface ImagePlan {
  /** Name of the Nx project. */
  readonly project: string;
  /** Absolute path; the build context, and what relative paths below are resolved against. */
  readonly workspaceRoot: string;
  /** Below the workspace root, `/` on every system. */
  readonly dockerfile: string;
  /** The stage that becomes the image. */
  readonly target: string;
  /** In BuildKit's own spelling, e.g. `linux/amd64`, `linux/arm/v7`; at least one, each once. */
  readonly platforms: readonly string[];
  /** Below the workspace root: the folder that holds `oci/` and `image.json` afterwards. */
  readonly outputPath: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  /** As BuildKit takes them: `id=token,env=TOKEN`, `id=netrc,src=.netrc`. */
  readonly secrets: readonly string[];
  /** As BuildKit takes them: `default`, `id=path`. */
  readonly ssh: readonly string[];
  /** Name → folder or address of a further build context. */
  readonly contexts: Readonly<Record<string, string>>;
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** The buildx builder; undefined: the one that buildx has selected. */
  readonly builder?: string;
  /** Whether the program holds C code, which is compiled for the machine that builds alone. */
  readonly usesCgo?: boolean;
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly progress: Progress;
  /** What each line begins with that tells of the build, where others are built at the same time; undefined: nothing. */
  readonly linePrefix?: string;
}

/** How the build tells what it does; `auto` is `tty` on a terminal and `plain` elsewhere. */
export type Progress = 'auto' | 'plain' | 'tty' | 'quiet';
