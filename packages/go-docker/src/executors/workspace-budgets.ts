import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BudgetProject, type Budgets, NO_BUDGETS } from '../budgets/limits';
import { BUDGETS_FILE, readBudgets } from '../budgets/read-budgets';
import { GoDockerError } from '../errors';

/**
 * Reads the budget file of a workspace.
 *
 * @param file Below the workspace root; the one that is asked for must be there, the usual one need not.
 * @throws GoDockerError when the file is missing or has mistakes.
 */
export function readWorkspaceBudgets(
  workspaceRoot: string,
  file: string | undefined,
  projects: readonly BudgetProject[],
): Budgets {
  try {
    return readBudgets(
      readFileSync(join(workspaceRoot, file ?? BUDGETS_FILE), 'utf8'),
      file ?? BUDGETS_FILE,
      projects,
    );
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    if (file === undefined) return NO_BUDGETS;
    throw new GoDockerError(`there is no budget file ${file}`, {
      advice: 'correct the option "budgets", which names a file below the workspace root',
      cause,
    });
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
