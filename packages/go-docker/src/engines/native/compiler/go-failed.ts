import { GoDockerError, type SourceLocation } from '../../../errors';
import { refusal } from '../refusal';
import type { HostRoot } from './host-root';

/**
 * @param messages What Go has written.
 * @param root Where the files of the stage are on this machine.
 */
export function goFailed(
  messages: string,
  { location, root }: { readonly location: SourceLocation; readonly root: HostRoot },
): GoDockerError {
  const [, replaced, used] = NOT_THERE.exec(messages) ?? [];
  const path = replaced ?? used;
  if (path === undefined || path.startsWith(root.directory))
    return new GoDockerError('go build failed', { location, output: messages.trimEnd() });
  return refusal(
    `finds no module by a path from the root of the stage, and go.${used === undefined ? 'mod or go.work' : 'work'} names ${path}`,
    location,
    'name it by a relative path',
  );
}

/** What Go says of a module that go.mod or go.work finds by an absolute path: what lies there in the stage is elsewhere here. */
const NOT_THERE =
  /replacement directory (\/\S+) does not exist|cannot load module (\/\S+) listed in go\.work file/;
