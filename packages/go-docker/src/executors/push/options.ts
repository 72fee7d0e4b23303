import type { Progress } from '../../engines/engine';

/** Options of `go-docker:push`; schema.json says what they mean. */
export interface PushExecutorOptions {
  readonly imagePath?: string;
  readonly repository?: string;
  readonly tags?: readonly string[];
  readonly projectVersion?: string;
  readonly annotations?: Readonly<Record<string, string | number | boolean>>;
  readonly mountFrom?: readonly string[];
  readonly sbom?: SbomFormat | 'none';
  readonly provenance?: boolean;
  readonly digestFile?: string;
  readonly progress?: Progress;
}

export type SbomFormat = 'spdx' | 'cyclonedx';
