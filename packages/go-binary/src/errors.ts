/** A file that a person can look at. */
export interface BinaryLocation {
  readonly file: string;
  /** Line, counted from 1; a binary has none. */
  readonly line?: number;
}

export interface GoBinaryErrorDetails {
  /** Where it went wrong. */
  readonly location?: BinaryLocation;
  /** What to do next. */
  readonly advice?: string;
  /** Why the program says nothing, where it is whole. */
  readonly silence?: Silence;
  /** The error this one was made from. */
  readonly cause?: unknown;
}

/** Why a whole program does not say how Go made it: a packer has changed it since, or Go did not make it. */
export type Silence = 'packed' | 'not of Go';

/** A file that is no Go program, or not a whole one. */
export class GoBinaryError extends Error {
  override readonly name = 'GoBinaryError';
  readonly location?: BinaryLocation;
  readonly advice?: string;
  readonly silence?: Silence;

  /** @param what What went wrong, as a sentence without a full stop. */
  constructor(what: string, details: GoBinaryErrorDetails = {}) {
    super(describe(what, details), { cause: details.cause });
    this.location = details.location;
    this.advice = details.advice;
    this.silence = details.silence;
  }
}

function describe(what: string, { location, advice }: GoBinaryErrorDetails): string {
  return `${location ? `${location.file}: ` : ''}${what}${advice ? `\n→ ${advice}` : ''}`;
}
