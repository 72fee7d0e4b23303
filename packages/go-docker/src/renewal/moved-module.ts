import { posix } from 'node:path';
import { type FileSystem, parseGoWork, type WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';

/**
 * The error for a go.work with a `use` line for a folder whose module was moved, which a Dockerfile that was moved with it tells;
 * undefined where nothing tells of a move.
 *
 * @throws GoWorkspaceError where go.work cannot be read.
 */
export function movedModule(
  files: FileSystem,
  dockerfiles: readonly WorkspacePath[],
): GoDockerError | undefined {
  const text = files.readFile('go.work');
  if (text === undefined) return undefined;
  const hasModule = (dir: WorkspacePath): boolean => files.readFile(posix.join(dir, 'go.mod')) !== undefined;
  const stale = parseGoWork(text, 'go.work').use.filter(({ directory }) => !hasModule(directory));
  for (const { directory, line } of stale) {
    const old = posix.normalize(directory).replace(/\/$/, '');
    for (const dockerfile of dockerfiles) {
      const recorded = recordedPackage(files.readFile(dockerfile) ?? '');
      const now = moduleAbove(hasModule, posix.dirname(dockerfile));
      if (!`${recorded}/`.startsWith(`${old}/`) || now === undefined) continue;
      return new GoDockerError(`the module of ${old} is now in ${now}, and go.work does not know`, {
        location: { file: 'go.work', line },
        advice: `go work edit -dropuse=${directory} -use=./${now}`,
      });
    }
  }
  return undefined;
}

/** As far as it can be read: what else is wrong with the Dockerfile is said when its turn comes. */
function recordedPackage(text: string): WorkspacePath | undefined {
  return /^#\s*go-docker:begin builder\b.*\spackage=(?:\.\/)?(\S+)/m.exec(text)?.[1];
}

function moduleAbove(
  hasModule: (dir: WorkspacePath) => boolean,
  dir: WorkspacePath,
): WorkspacePath | undefined {
  if (hasModule(dir)) return dir;
  return dir === '.' ? undefined : moduleAbove(hasModule, posix.dirname(dir));
}
