import { findApps, type GoApp, type GoWorkspace } from '@go-docker/go-workspace';
import { closestName } from '../../budgets/closest-name';
import { GoDockerError } from '../../errors';
import type { NxProjects } from './nx-projects';

/**
 * The apps that `setup` is asked for: every one, or those that `wanted` names as an Nx project, a folder or a Go app. A project that
 * holds several apps stands for all of them.
 *
 * @throws GoDockerError where there is no such app, or no app at all.
 */
export function selectApps(
  workspace: GoWorkspace,
  projects: NxProjects,
  wanted: string | undefined,
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
  const folder = wanted.replace(/^(\.\/)+|\/+$/g, '') || '.';
  const named = apps.filter(({ name }) => name === wanted);
  const there = apps.filter(({ projectRoot, packageDir }) => [projectRoot, packageDir].includes(folder));
  const selected = there.length > 0 ? there : named;
  if (selected.length > 0) return selected;
  throw notFound(wanted, apps, projects);
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

function noApp({ modules, workFile }: GoWorkspace): GoDockerError {
  if (modules.length === 0) {
    return new GoDockerError('there is no Go app here: the workspace has no go.mod', {
      advice: 'run `go mod init <module path>` in the folder of the app, and write a package main',
    });
  }
  const unused = modules.filter(({ inWorkFile }) => workFile && !inWorkFile).map(({ dir }) => dir);
  return new GoDockerError('there is no Go app here: no module of the workspace has a package main', {
    advice:
      unused.length > 0
        ? `go.work leaves out ${unused.join(', ')}: run \`go work use <folder>\` for the module of the app`
        : 'an app is a folder whose Go files begin with `package main`',
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
