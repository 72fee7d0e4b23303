import { snapshot, type Snapshot } from './snapshot';
import type { Workspace } from './workspace';

/** Everything a failed command could have left in a workspace or changed there. */
export function stateOf(workspace: Workspace): { files: Snapshot; temporary: Snapshot } {
  return { files: snapshot(workspace.root, OF_OTHERS), temporary: snapshot(workspace.temporary, OF_NX) };
}

/**
 * Runs Nx, which must fail with a message for people and leave every file as it was: sources, the previous image, temporary
 * folders. Gives what it printed.
 */
export async function refused(workspace: Workspace, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const before = stateOf(workspace);
  const finished = await workspace.nx(args, { env });
  // Nx ends with 130 where a task did not run because one before it failed.
  if (finished.exitCode !== 1 && finished.exitCode !== 130) {
    throw new Error(`nx ${args.join(' ')} ended with ${finished.exitCode}:\n${finished.output}`);
  }
  expect(finished.output).not.toMatch(STACK_LINE);
  expect(stateOf(workspace)).toEqual(before);
  return finished.output;
}

/** What is no source and no image; `image-modules` holds the output of a target that runs before another one fails. */
const OF_OTHERS = /^(node_modules|\.nx|\.git|image-modules)$/;
/** What Nx itself keeps in the temporary folder: native bindings, and folders for its sockets. */
const OF_NX = /^(nx-native-file-cache-.*|[0-9a-f]{20})$/;
const STACK_LINE = /^\s+at .+:\d+:\d+\)?$/m;
