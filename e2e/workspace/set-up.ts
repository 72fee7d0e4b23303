import { createWorkspace, type Workspace, type WorkspaceContent } from './workspace';

/** A workspace whose Go apps have been set up, with the result committed. */
export async function createSetUpWorkspace(content: WorkspaceContent, setupArgs: readonly string[] = []) {
  const workspace = await createWorkspace(content);
  await setUp(workspace, setupArgs);
  return workspace;
}

/** `nx g go-docker:setup`, which does what `go-docker:init` does as well, committed. */
export async function setUp(workspace: Workspace, setupArgs: readonly string[] = []): Promise<void> {
  await mustSucceed(workspace, ['g', 'go-docker:setup', ...setupArgs]);
  await workspace.commit();
}

/** Runs Nx and gives its output; fails where Nx does. */
export async function mustSucceed(
  workspace: Workspace,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
) {
  const finished = await workspace.nx(args, { env });
  if (finished.exitCode !== 0)
    throw new Error(`nx ${args.join(' ')} ended with ${finished.exitCode}:\n${finished.output}`);
  return finished.output;
}
