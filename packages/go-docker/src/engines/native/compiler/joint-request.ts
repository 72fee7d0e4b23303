import type { Seat } from '../../gathering';
import type { BytePath } from '../files/byte-path';
import type { FileTree } from '../files/file-tree';
import type { BuildArguments } from './build-arguments';
import type { PlacedGo } from './files-of-stage';
import type { KeptProgram } from './kept-program';

/** A `go build` of one image, which can be done together with those of others. */
export interface JointRequest {
  readonly go: PlacedGo;
  /** The files of the stage. */
  readonly tree: FileTree;
  /** Where Go is run, in the stage. */
  readonly folder: BytePath;
  /** The go.work that the stage sees; undefined: none. */
  readonly workFile?: BytePath;
  readonly flags: readonly string[];
  readonly package: string;
  readonly kept?: KeptProgram;
}

/** A program that was linked together with those of other images. */
export interface JointProgram {
  /** Absolute path; it is the asker's. */
  readonly file: string;
  /** Whether the stage alone gives the same program: it has all that this one was made of. */
  readonly isOfStage: boolean;
}

/** Asks for a program; undefined where it could not be linked with others. */
export type JointSeat = Seat<JointRequest, JointProgram | undefined>;

/** The one package that a `go build` makes a program of; undefined where it makes others, which are built one by one. */
export function jointPackage({ packages: [first, ...others], output }: BuildArguments): string | undefined {
  if (first === undefined || others.length > 0 || !output || output.endsWith('/')) return undefined;
  return /^\.\.?(\/|$)/.test(first) && !/\.go$|\.\.\./.test(first) ? first : undefined;
}
