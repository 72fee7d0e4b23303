/** A place in a file that a person can open. */
export interface SourceLocation {
  /** Path as a person would type it: below the workspace root, with `/` on every system. */
  readonly file: string;
  /** Line, counted from 1. */
  readonly line?: number;
  /** Column, counted from 1; only with a line. */
  readonly column?: number;
}

export interface GoDockerErrorDetails {
  /** Where it went wrong. */
  readonly location?: SourceLocation;
  /** What to do next: a command to run or an edit to make. */
  readonly advice?: string;
  /** Lines of another program's output that say why, shown as they are. */
  readonly output?: string;
  /** The error this one was made from. */
  readonly cause?: unknown;
}

/**
 * Every failure that a person is meant to read: what went wrong, where, and what to do next.
 * Generators and executors print it without a stack; any other error is a defect of ours and keeps its stack.
 */
export class GoDockerError extends Error {
  override readonly name = 'GoDockerError';
  /** What went wrong, alone. */
  readonly what: string;
  readonly location?: SourceLocation;
  readonly advice?: string;
  readonly output?: string;

  /** @param what What went wrong, as a sentence without a full stop. */
  constructor(what: string, details: GoDockerErrorDetails = {}) {
    super(describe(what, details), { cause: details.cause });
    this.what = what;
    this.location = details.location;
    this.advice = details.advice;
    this.output = details.output;
  }
}

function describe(what: string, { location, advice, output }: GoDockerErrorDetails): string {
  const where = location && `${[location.file, location.line, location.column].filter(Boolean).join(':')}: `;
  return [`${where ?? ''}${what}`, output?.trimEnd(), advice && `→ ${advice}`].filter(Boolean).join('\n');
}

/** The error classes of our packages whose message says everything: printed without a stack. */
const READABLE: ReadonlySet<string> = new Set([
  'GoDockerError',
  'GoWorkspaceError',
  'OciImageError',
  'GoBinaryError',
]);

/** Whether a person is meant to read this error; any other one is a defect of ours and keeps its stack. */
export function isMeantToBeRead(error: unknown): error is Error {
  return error instanceof Error && READABLE.has(error.name);
}
