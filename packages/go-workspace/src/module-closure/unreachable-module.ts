import { GoWorkspaceError } from '../errors';
import { childPath } from '../files/workspace-path';
import type { PlacedReplacement } from './local-modules';

/** The error for a module that an app needs and whose `replace` line names a folder that no image build can see. */
export function unreachableModule({ replacement, file, target }: PlacedReplacement): GoWorkspaceError {
  const folder = 'directory' in replacement.replacement ? replacement.replacement.directory : '';
  const line = `\`replace ${replacement.path} => ${folder}\``;
  const location = { file, line: replacement.line };
  if (target !== undefined) {
    return new GoWorkspaceError(`${line}: there is no ${childPath(target, 'go.mod')}`, {
      location,
      advice: 'Correct the folder, or add the module.',
    });
  }
  return new GoWorkspaceError(
    `${line} leads out of the workspace, and an image is built from the workspace alone: Docker's context cannot reach the folder`,
    {
      location,
      advice:
        'Move the module into the workspace and name it by a relative path, or copy it in with `go mod vendor`; ' +
        'without the line Go takes the published version.',
    },
  );
}
