import type { EngineName, Progress } from '../../engines/engine';

/** Options of `go-docker:compare`; schema.json says what they mean. */
export interface CompareExecutorOptions {
  readonly dockerfile?: string;
  readonly bases?: readonly string[];
  readonly upx?: boolean;
  readonly starts?: number;
  readonly platform?: string;
  readonly engine?: EngineName | 'auto';
  readonly builder?: string;
  readonly outputPath?: string;
  readonly progress?: Progress;
}
