import type { EngineName, Progress } from '../../engines/engine';

/** Options of `go-docker:image`; schema.json says what they mean. */
export interface ImageExecutorOptions {
  readonly dockerfile?: string;
  readonly target?: string;
  readonly platforms?: readonly string[];
  readonly outputPath?: string;
  readonly buildArgs?: Readonly<Record<string, string | number | boolean>>;
  readonly secrets?: readonly string[];
  readonly ssh?: readonly string[];
  readonly contexts?: Readonly<Record<string, string>>;
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly string[];
  readonly labels?: Readonly<Record<string, string | number | boolean>>;
  readonly engine?: EngineName | 'auto';
  readonly builder?: string;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  readonly progress?: Progress;
}
