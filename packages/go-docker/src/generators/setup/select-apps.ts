import { posix } from 'node:path';
import { findApps, type GoApp, type GoWorkspace, type WorkspacePath } from '@go-docker/go-workspace';
import { closestName } from '../../budgets/closest-name';
import { GoDockerError } from '../../errors';
import type { NxProjects } from './nx-projects';

/**
 * The apps that `setup` is asked for: every one, or those that `wanted` names as an Nx project, a folder or a Go app. A project or a
 * folder that holds several apps stands for all of them, and one within an app for that app.
 *
 * @param from The folder that the user stands in: `.` and `../api` mean what they mean there, other paths do if nothing else is meant.
 * @throws GoDockerError where there is no such app, or no app at all.
 */
export function selectApps(
  workspace: GoWorkspace,
  projects: NxProjects,
  wanted: string | undefined,
  from: WorkspacePath = '.',
): readonly GoApp[] {
  const apps = findApps(workspace);
  if (apps.length === 0) throw noApp(workspace);
  if (wanted === undefined) return apps;

  const root = [...projects].find(([, name]) => name === wanted)?.[0];
  if (root !== undefined) {
    const inProject = appsOfProject(apps, projects, root);
    if (inProject.length > 0) return inProject;
    throw new GoDockerError(`the project ${wanted} (${root}) holds no Go app: no package main`, {
      advice: `the Go apps are ${listed(apps)}`,
    });
  }
  const written = wanted.replaceAll('\\', '/');
  const isRelative = /^\.{1,2}(\/|$)/.test(written);
  const seenFromUser = plainFolder(posix.join(from, written));
  const meanings = [
    isRelative ? [] : apps.filter((app) => isAt(app, plainFolder(written))),
    apps.filter(({ name }) => name === wanted),
    isRelative ? appsOfFolder(apps, seenFromUser) : apps.filter((app) => isAt(app, seenFromUser)),
    isRelative ? [] : appsOfFolder(apps, plainFolder(written)),
    isRelative ? [] : appsOfFolder(apps, seenFromUser),
  ];
  const selected = meanings.find((meaning) => meaning.length > 0);
  if (selected) return selected;
  throw notFound(isRelative ? seenFromUser : wanted, apps, projects);
}

function plainFolder(path: string): WorkspacePath {
  return posix.normalize(path).replace(/\/+$/, '') || '.';
}

function isAt({ projectRoot, packageDir }: GoApp, folder: WorkspacePath): boolean {
  return projectRoot === folder || packageDir === folder;
}

function appsOfFolder(apps: readonly GoApp[], folder: WorkspacePath): readonly GoApp[] {
  const exact = apps.filter((app) => isAt(app, folder));
  if (exact.length > 0) return exact;
  const below = apps.filter(({ projectRoot }) => folder === '.' || projectRoot.startsWith(`${folder}/`));
  if (below.length > 0) return below;
  const around = apps.filter(({ projectRoot }) => folder.startsWith(`${projectRoot}/`));
  const nearest = Math.max(...around.map(({ projectRoot }) => projectRoot.length));
  return around.filter(({ projectRoot }) => projectRoot.length === nearest);
}

/** Apps in the project's folder; not those of a project further down. */
function appsOfProject(apps: readonly GoApp[], projects: NxProjects, root: string): readonly GoApp[] {
  const exact = apps.filter(({ projectRoot }) => projectRoot === root);
  if (exact.length > 0) return exact;
  return apps.filter(({ projectRoot }) => nearestProject(projects, projectRoot) === root);
}

function nearestProject(projects: NxProjects, folder: string): string | undefined {
  const holding = [...projects.keys()].filter((root) => root === '.' || `${folder}/`.startsWith(`${root}/`));
  return holding.sort((a, b) => b.length - a.length)[0];
}

function noApp({ modules }: GoWorkspace): GoDockerError {
  if (modules.length === 0) {
    return new GoDockerError('there is no Go app here: the workspace has no go.mod', {
      advice: 'run `go mod init <module path>` in the folder of the app, and write a package main',
    });
  }
  return new GoDockerError('there is no Go app here: no module of the workspace has a package main', {
    advice: 'an app is a folder whose Go files begin with `package main`',
  });
}

function notFound(wanted: string, apps: readonly GoApp[], projects: NxProjects): GoDockerError {
  const names = apps.flatMap(({ name, projectRoot }) => [
    name,
    projectRoot,
    projects.get(projectRoot) ?? name,
  ]);
  const meant = closestName(wanted, names);
  return new GoDockerError(`there is no Go app ${JSON.stringify(wanted)}`, {
    advice: meant === undefined ? `the Go apps are ${listed(apps)}` : `did you mean ${meant}?`,
  });
}

function listed(apps: readonly GoApp[]): string {
  return apps.map(({ name, projectRoot }) => `${name} (${projectRoot})`).join(', ');
}
