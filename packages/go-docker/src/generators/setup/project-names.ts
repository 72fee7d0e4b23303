import type { GoApp, WorkspacePath } from '@go-docker/go-workspace';
import { appNames } from '../../apps/app-names';
import { GoDockerError } from '../../errors';
import type { NxProjects } from './nx-projects';

/**
 * The name of each app's Nx project, by its root: the one it has, else one that no other project has. Which apps are set up first, or
 * together, changes nothing.
 *
 * @param apps Those that are set up.
 * @param all Every app of the workspace.
 * @throws GoDockerError where a name cannot be used, and where every name that an app could have is another project's.
 */
export function projectNames(
  apps: readonly GoApp[],
  all: readonly GoApp[],
  projects: NxProjects,
): ReadonlyMap<WorkspacePath, string> {
  const chosen = appNames(all, projects);
  return new Map(
    apps.map((app) => {
      const name = projects.get(app.projectRoot) ?? chosen.get(app.projectRoot);
      if (name === undefined) throw collision(app, projects);
      assertUsable(name, app, projects.has(app.projectRoot));
      return [app.projectRoot, name];
    }),
  );
}

/** What Nx and Go name projects: `api`, `@shop/api`, `:shop:api`, `größe`. Never what a shell reads as its own. */
const USABLE = /^[@:]?[\p{L}\p{N}_][\p{L}\p{N}._+~:/-]*$/u;

function assertUsable(name: string, { projectRoot }: GoApp, isProject: boolean): void {
  if (USABLE.test(name) && !name.split('/').includes('..')) return;
  throw new GoDockerError(`${JSON.stringify(name)} cannot be the name of a project with an image`, {
    location: { file: projectRoot },
    advice:
      `rename the ${isProject ? 'project' : 'folder'}: ` +
      'a name starts with a letter or digit, and holds letters, digits and . _ - + ~ : / besides',
  });
}

function collision({ name, projectRoot }: GoApp, projects: NxProjects): GoDockerError {
  const file = projectRoot === '.' ? 'project.json' : `${projectRoot}/project.json`;
  const other = [...projects].find(([, taken]) => taken === name)?.[0];
  return new GoDockerError(
    `there is no name left for the project of ${projectRoot}: ${name}${other === undefined ? '' : ` is the name of ${other}`}, ` +
      'and the longer ones are taken as well',
    {
      advice: `give it one: write { "name": "<a name of its own>" } to ${file}, then run the command again`,
    },
  );
}
