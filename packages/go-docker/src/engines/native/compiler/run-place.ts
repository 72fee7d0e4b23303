import type { SourceLocation } from '../../../errors';
import type { FileTree } from '../files/file-tree';
import type { Owner } from '../files/owner';
import type { GoRelease } from './go-release';
import type { HostGo } from './host-go';
import type { HostRoot } from './host-root';
import type { JointSeat } from './joint-request';

/** What the commands of one RUN work on. */
export interface RunPlace {
  readonly tree: FileTree;
  /** Where the host's Go finds the files of the stage. */
  readonly root: HostRoot;
  readonly release: GoRelease;
  readonly host: HostGo;
  /** The platform of the stage. */
  readonly platform: string;
  /** Whose the files are that the commands make. */
  readonly owner: Owner;
  /** A folder of this build, on this machine, for programs that were compiled. */
  readonly programs: string;
  readonly temporary: string;
  readonly netrc?: string;
  /** What tells the programs of this image from those of others; undefined: none is kept for the next build. */
  readonly keptFor?: readonly string[];
  /** Where other images are built at the same time: links their programs and this one at once. */
  readonly joint?: JointSeat;
  readonly location: SourceLocation;
  readonly signal: AbortSignal;
  /** Says what is done. */
  readonly tell: (line: string) => void;
}
