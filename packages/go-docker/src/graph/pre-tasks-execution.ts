import type { PreTasksExecution } from '@nx/devkit';
import { BASELINE_VARIABLE } from '../growth/baseline-variable';
import type * as NamedBaseline from '../growth/named-baseline';

/**
 * Nx calls it before it hashes the tasks of a command, and takes over what it sets in the environment: the inputs of `image-size` name
 * the variable.
 */
export const preTasksExecution: PreTasksExecution = async (_, { argv, workspaceRoot }) => {
  if (!argv.some((word) => /^--(base|update|advise)(=|$)/.test(word))) return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Hardly any command needs it.
  const { namedBaseline } = require('../growth/named-baseline') as typeof NamedBaseline;
  const value = await namedBaseline(argv, { workspaceRoot, signal: new AbortController().signal });
  if (value !== undefined) process.env[BASELINE_VARIABLE] = value;
};
