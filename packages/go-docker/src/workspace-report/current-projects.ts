import { posix } from 'node:path';
import { diskFileSystem } from '@go-docker/go-workspace';
import { jsonAt, property } from '../graph/projects/project-json';
import { BASELINE_FILE } from '../growth/baseline-text';
import type { MeasuredImage } from '../measuring/measured-image';

/**
 * Why what was measured is of no project that the workspace has now, as far as its files tell without Nx: the project was removed, or has
 * another name. Nobody removes what was measured of it, and its bytes would count.
 *
 * @returns A sentence without a full stop; undefined where the project is there.
 */
export function whyNotCurrent(
  workspaceRoot: string,
  { project, baseline }: Pick<MeasuredImage, 'project' | 'baseline'>,
): string | undefined {
  const root = posix.dirname(baseline.file);
  const files = diskFileSystem(workspaceRoot);
  if (!files.readDirectory(root).some(({ name, kind }) => kind === 'file' && isOfProject(name))) {
    return `${placeOf(root)} holds no project`;
  }
  // Nothing else may name a project that has a name there.
  const name = property(jsonAt(files, root, 'project.json'), 'name');
  return typeof name === 'string' && name !== project ? otherName(root, name) : undefined;
}

/** Says that the project in a folder is called otherwise. */
export function otherName(root: string, name: string): string {
  return `the project in ${placeOf(root)} is called ${JSON.stringify(name)}`;
}

const placeOf = (root: string) => (root === '.' ? 'the workspace root' : root);

/** What is ignored by git may stay in the folder of a removed project: such a file makes none. */
function isOfProject(name: string): boolean {
  return PROJECT_FILES.has(name) || name.endsWith('.go');
}

const PROJECT_FILES: ReadonlySet<string> = new Set([
  ...['Dockerfile', 'project.json', 'package.json', 'go.mod', BASELINE_FILE],
]);
