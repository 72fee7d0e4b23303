import { GoWorkspaceError } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';

/** What an attempt gives; where the workspace has a fault that a person can mend, what `otherwise` makes of it. */
export function withProblem<T>(attempt: () => T, otherwise: (problem: string) => T): T {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof GoDockerError || error instanceof GoWorkspaceError) return otherwise(error.message);
    throw error;
  }
}
