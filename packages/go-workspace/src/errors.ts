/** A place in a file that a person can open. */
export interface SourceLocation {
  /** Path below the workspace root, with `/` on every system. */
  readonly file: string;
  /** Line, counted from 1. */
  readonly line?: number;
}

export interface GoWorkspaceErrorDetails {
  /** Where it went wrong. */
  readonly location?: SourceLocation;
  /** What to do next: a command to run or an edit to make. */
  readonly advice?: string;
}

/** A Go workspace that cannot be read as it is: what is wrong, where, and what to do next. */
export class GoWorkspaceError extends Error {
  override readonly name = 'GoWorkspaceError';
  readonly location?: SourceLocation;
  readonly advice?: string;

  /** @param what What is wrong, as a sentence without a full stop. */
  constructor(what: string, { location, advice }: GoWorkspaceErrorDetails = {}) {
    const line = location?.line === undefined ? '' : `:${location.line}`;
    const where = location ? `${location.file}${line}: ` : '';
    super(`${where}${what}${advice ? `\n→ ${advice}` : ''}`);
    this.location = location;
    this.advice = advice;
  }
}
