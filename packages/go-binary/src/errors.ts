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
  /** The error this one was made from. */
  readonly cause?: unknown;
}

/** A file that is no Go program, or not a whole one. */
export class GoBinaryError extends Error {
  override readonly name = 'GoBinaryError';
  readonly location?: BinaryLocation;
  readonly advice?: string;

  /** @param what What went wrong, as a sentence without a full stop. */
  constructor(what: string, details: GoBinaryErrorDetails = {}) {
    super(describe(what, details), { cause: details.cause });
    this.location = details.location;
    this.advice = details.advice;
  }
}

function describe(what: string, { location, advice }: GoBinaryErrorDetails): string {
  return `${location ? `${location.file}: ` : ''}${what}${advice ? `\n→ ${advice}` : ''}`;
}
