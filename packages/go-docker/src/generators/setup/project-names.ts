import type { GoApp } from '@go-docker/go-workspace';
import { GoDockerError } from '../../errors';
import type { NxProjects } from './nx-projects';

/**
 * The name of each app's Nx project: the one it has, else the app's own.
 *
 * @throws GoDockerError where a name cannot be used, and where two projects would have one name: with both folders.
 */
export function projectNames(apps: readonly GoApp[], projects: NxProjects): ReadonlyMap<GoApp, string> {
  const rootOf = new Map([...projects].map(([root, name]) => [name, root]));
  const names = new Map<GoApp, string>();
  for (const app of apps) {
    const existing = projects.get(app.projectRoot);
    const name = existing ?? app.name;
    assertUsable(name, app, existing !== undefined);
    const other = rootOf.get(name);
    if (other !== undefined && other !== app.projectRoot) throw collision(name, other, app);
    rootOf.set(name, app.projectRoot);
    names.set(app, name);
  }
  return names;
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

function collision(name: string, other: string, app: GoApp): GoDockerError {
  const file = app.projectRoot === '.' ? 'project.json' : `${app.projectRoot}/project.json`;
  return new GoDockerError(`two projects would have the name ${name}: ${other} and ${app.projectRoot}`, {
    advice:
      `give one of them another name: write { "name": ${JSON.stringify(otherName(app))} } to ${file}, ` +
      'then run the command again',
  });
}

function otherName({ projectRoot, name }: GoApp): string {
  const fromFolder = projectRoot.replaceAll('/', '-');
  return projectRoot === '.' || fromFolder === name ? `${name}-app` : fromFolder;
}
