import { posix } from 'node:path';
import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import { withMovedIncludes } from '../compose/moved-includes';
import { composeFileNames, rootComposeFile } from '../compose/root-include';
import type { Renewal } from './renewal';

/** A project's folder that has another place now. */
export interface Move {
  readonly from: WorkspacePath;
  readonly to: WorkspacePath;
}

/**
 * Has the `include` of the root's compose file follow the compose files of apps that were moved.
 *
 * @returns undefined where there is nothing to follow.
 * @throws GoDockerError with the place where the file cannot be read.
 */
export function includeRenewal(files: FileSystem, moves: readonly Move[]): Renewal | undefined {
  const file = rootComposeFile((path) => files.readFile(path) !== undefined);
  const text = files.readFile(file);
  if (text === undefined || moves.length === 0) return undefined;
  const names = [...composeFileNames, 'compose.dev.yaml'];
  const paths = moves.flatMap(({ from, to }) =>
    names.map((name) => [posix.join(from, name), posix.join(to, name)] as const),
  );
  const isMoved = ([from, to]: readonly [string, string]): boolean =>
    files.readFile(from) === undefined && files.readFile(to) !== undefined;
  const { text: after, lines } = withMovedIncludes(text, file, new Map(paths.filter(isMoved)));
  if (lines.length === 0) return undefined;
  return {
    place: file,
    stale: lines.map((line) => ({ file, block: 'include', line })),
    texts: new Map([[file, after]]),
    held: [],
  };
}
