import { posix } from 'node:path';
import { isWithin, type WorkspacePath } from '@go-docker/go-workspace';
import { type EmbeddedFolder, isHiddenFile } from './embedded-patterns';
import type { ImageSources } from './image-sources';
import { leavesOut, type SourceFolder } from './source-folders';

/** Sources of which no pattern takes away what another one or a file stands for. */
export type ClashFree = Pick<ImageSources, 'folders' | 'embedded' | 'files'>;

/**
 * Folders as lists of their files where a pattern would do harm. Nx's hasher makes one set of all patterns of a task, and what `!(…)` leaves
 * out in one of them is left out of all: a file that is compiled, copied or embedded in another way would be in no hash.
 */
export function withoutClashes(sources: ImageSources): ClashFree {
  const { whole } = sources;
  const wanted = [
    ...sources.files,
    ...sources.embeddedFiles,
    ...sources.embedded.flatMap(({ files }) => files),
    // What a folder stands for it does not leave out itself.
    ...toldTwice(sources.folders).flatMap(({ files }) => files),
  ];
  const byFolder = new Map<WorkspacePath, Set<string>>();
  for (const path of [...wanted, ...whole]) {
    const names = byFolder.get(posix.dirname(path));
    if (names) names.add(posix.basename(path));
    else byFolder.set(posix.dirname(path), new Set([posix.basename(path)]));
  }
  const hidden = sources.embedded.length === 0 ? [] : wanted.filter(isHiddenFile);
  const clashes = (folder: SourceFolder): boolean =>
    whole.some((dir) => isWithin(dir, folder.dir)) ||
    [...(byFolder.get(folder.dir) ?? [])].some((name) => leavesOut(folder, name));
  const hides = ({ dir }: EmbeddedFolder): boolean =>
    whole.some((each) => isWithin(each, dir) || isWithin(dir, each)) ||
    hidden.some((path) => isWithin(dir, path));
  const listed = [...sources.folders.filter(clashes), ...sources.embedded.filter(hides)];
  if (listed.length === 0) return sources;
  return {
    folders: sources.folders.filter((each) => !clashes(each)),
    embedded: sources.embedded.filter((each) => !hides(each)),
    files: [...new Set([...sources.files, ...listed.flatMap(({ files }) => files)])].sort(),
  };
}

/** Those of which several Dockerfiles each take something else. */
function toldTwice(folders: readonly SourceFolder[]): readonly SourceFolder[] {
  const dirs = new Set(folders.map(({ dir }) => dir));
  if (dirs.size === folders.length) return [];
  const told = (dir: WorkspacePath): number => folders.filter((folder) => folder.dir === dir).length;
  return folders.filter(({ dir }) => told(dir) > 1);
}
