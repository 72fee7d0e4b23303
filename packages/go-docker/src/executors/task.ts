import type { ExecutorContext } from '@nx/devkit';

/** The task that an executor was started for. */
export interface Task {
  /** Name of the Nx project. */
  readonly project: string;
  /** Below the workspace root, `/` on every system. */
  readonly projectRoot: string;
  /** Name of the target, for messages. */
  readonly target: string;
  /** Absolute path. */
  readonly workspaceRoot: string;
}

/** @throws Error where Nx started the executor for no project, which it does not. */
export function taskOf(context: ExecutorContext): Task {
  const { projectName: project = '', targetName: target = '', root: workspaceRoot } = context;
  const projectRoot = context.projectsConfigurations.projects[project]?.root;
  if (projectRoot === undefined) throw new Error(`there is no project "${project}" in the workspace`);
  return { project, projectRoot, target, workspaceRoot };
}
