import type { WorkspacePath } from '@go-docker/go-workspace';

/** What a Dockerfile says of its stages and of the files it takes from the build context. */
export interface Dockerfile {
  /** In the order they stand in. */
  readonly stages: readonly Stage[];
  /**
   * Sources of `COPY`, `ADD` and bind mounts outside the managed blocks, below the workspace root, sorted, each once. They may
   * hold Docker's wildcards. `.` is left out: it says nothing of what the context holds.
   */
  readonly contextSources: readonly WorkspacePath[];
}

export interface Stage {
  /** In lower case, as BuildKit compares names. */
  readonly name?: string;
  /** The image or stage it starts from, with the defaults of build arguments filled in. */
  readonly from: string;
  /** Line of its `FROM`, counted from 1. */
  readonly line: number;
}

/** A managed block that no longer says what the workspace says. */
export interface StaleBlock {
  readonly file: WorkspacePath;
  /** `base`, `deps`, `builder` or `context`. */
  readonly block: string;
  /** Line of its begin marker, counted from 1; undefined where the file is missing. */
  readonly line?: number;
}
