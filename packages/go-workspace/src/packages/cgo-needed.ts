import { GoWorkspaceError, type SourceLocation } from '../errors';

/** A package of whose files cgo alone would take one, in a build without it. */
export class CgoNeededError extends GoWorkspaceError {
  constructor(
    /** What is wrong, without place and advice. */
    readonly what: string,
    location?: SourceLocation,
  ) {
    super(what, { location, advice: 'The package needs cgo, which is off.' });
  }
}
