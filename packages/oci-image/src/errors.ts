/** A file that a person can look at. */
export interface ImageLocation {
  readonly file: string;
  /** Line, counted from 1. */
  readonly line?: number;
}

export interface OciImageErrorDetails {
  /** Where it went wrong. */
  readonly location?: ImageLocation;
  /** What to do next. */
  readonly advice?: string;
  /** The error this one was made from. */
  readonly cause?: unknown;
}

/** An archive or a layout that is not what it says it is, or that could not be written. */
export class OciImageError extends Error {
  override readonly name = 'OciImageError';
  /** What went wrong, without where and what to do. */
  readonly what: string;
  readonly location?: ImageLocation;
  readonly advice?: string;

  /** @param what What went wrong, as a sentence without a full stop. */
  constructor(what: string, details: OciImageErrorDetails = {}) {
    super(describe(what, details), { cause: details.cause });
    this.what = what;
    this.location = details.location;
    this.advice = details.advice;
  }
}

function describe(what: string, { location, advice }: OciImageErrorDetails): string {
  const line = location?.line === undefined ? '' : `:${location.line}`;
  return `${location ? `${location.file}${line}: ` : ''}${what}${advice ? `\n→ ${advice}` : ''}`;
}

/** @returns What an error of the system says, for example `ENOENT: no such file or directory, open 'x'`. */
export function messageOf(error: unknown): string {
  return String((error as { message?: unknown } | undefined)?.message ?? error);
}

/** @returns The code of an error of the system, for example `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}
