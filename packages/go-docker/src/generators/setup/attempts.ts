import { GoDockerError, isMeantToBeRead } from '../../errors';

/** What came of the same thing done for several apps. */
export interface Attempts<Made> {
  /** At least one. */
  readonly made: readonly Made[];
  /** Why there is nothing of the others: one error for each, fit to be read. */
  readonly problems: readonly Error[];
}

/**
 * Does the same for each app. What is wrong with one of them, such as code that is not generated yet, keeps none of the others back.
 *
 * @throws GoDockerError or GoWorkspaceError where nothing came of any of them.
 */
export function attemptEach<App, Made>(apps: readonly App[], make: (app: App) => Made): Attempts<Made> {
  const made: Made[] = [];
  const problems: Error[] = [];
  for (const app of apps) {
    try {
      made.push(make(app));
    } catch (error) {
      if (!isMeantToBeRead(error)) throw error;
      problems.push(error);
    }
  }
  const [only] = problems;
  if (made.length > 0 || only === undefined) return { made, problems };
  throw problems.length === 1 ? only : nothingMade(problems);
}

function nothingMade(problems: readonly Error[]): GoDockerError {
  const reasons = [...new Set(problems.map(({ message }) => message))];
  return new GoDockerError(`none of the ${problems.length} apps can be set up`, {
    output: reasons.join('\n\n'),
  });
}
