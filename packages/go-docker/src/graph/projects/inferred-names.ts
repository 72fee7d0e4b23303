import { posix } from 'node:path';
import type { FileSystem, GoApp, WorkspacePath } from '@go-docker/go-workspace';
import { appNames } from '../../apps/app-names';
import { projectIdentity } from './project-identity';

/**
 * Names for the projects that have none, by root, as two projects of one name would break the graph. Apps without a Dockerfile do not
 * count: a project keeps its name when another app is added, whose own one `setup` then chooses.
 */
export function inferredNames(files: FileSystem, apps: readonly GoApp[]): ReadonlyMap<WorkspacePath, string> {
  const named = apps.map((app) => ({ app, ...projectIdentity(files, app.projectRoot) }));
  const nameless = named.filter(
    ({ app, name, hasProjectJson }) =>
      name === undefined &&
      !hasProjectJson &&
      files.readFile(posix.join(app.projectRoot, 'Dockerfile')) !== undefined,
  );
  // Nx gives a project.json without a name that of its folder.
  const projects = named.flatMap(({ app: { projectRoot }, name, hasProjectJson }) => {
    const known = name ?? (hasProjectJson ? posix.basename(projectRoot) : undefined);
    return known === undefined ? [] : [[projectRoot, known] as const];
  });
  return appNames(
    nameless.map(({ app }) => app),
    new Map(projects),
  );
}
