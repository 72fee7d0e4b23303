import { posix } from 'node:path';
import { findApps, type GoApp, type GoWorkspace, type WorkspacePath } from '@go-docker/go-workspace';
import { recordedOptions } from '../dockerfile/recorded-options';
import { GoDockerError, type SourceLocation } from '../errors';

/** A Dockerfile whose `builder` block names the package where it lies now. */
export interface FollowedApp {
  readonly text: string;
  /** The folder that the project was moved from; undefined where it lies where it lay. */
  readonly movedFrom?: WorkspacePath;
}

/**
 * Follows an app that was moved together with its Dockerfile, whose `builder` block still names the old folder. Every other Dockerfile
 * stays as it is.
 *
 * @throws GoDockerError where the package it names is gone, and it is not sure which one took its place.
 */
export function followedApp(workspace: GoWorkspace, dockerfile: WorkspacePath, text: string): FollowedApp {
  const { package: recorded, location } = recordedOptions(text, dockerfile);
  const apps = findApps(workspace);
  if (recorded === undefined || location?.line === undefined) return { text };
  if (apps.some(({ packageDir }) => packageDir === recorded)) return { text };
  const here = apps.filter(({ projectRoot }) => projectRoot === posix.dirname(dockerfile));
  const [app] = here;
  const old = app && here.length === 1 ? formerRoot(app, recorded) : undefined;
  if (!app || old === undefined) throw unsure(recorded, location, here);
  const lines = text.split('\n');
  const begin = lines[location.line - 1] ?? '';
  lines[location.line - 1] = begin.replace(/(\spackage=)\S+/, (_, key) => `${key}${written(app.packageDir)}`);
  return { text: lines.join('\n'), movedFrom: old === app.projectRoot ? undefined : old };
}

/**
 * The project folder that the app must have had. A folder that was moved whole has the package in the same place below it. Where the
 * package itself was moved within its project, only one that had been the whole project can be nothing else.
 */
function formerRoot({ projectRoot, packageDir }: GoApp, recorded: WorkspacePath): WorkspacePath | undefined {
  if (recorded === projectRoot) return projectRoot;
  if (recorded.startsWith(`${projectRoot}/`)) return undefined;
  const below = posix.relative(projectRoot, packageDir);
  if (below === '') return recorded;
  return recorded.endsWith(`/${below}`) ? recorded.slice(0, -below.length - 1) : undefined;
}

function unsure(recorded: WorkspacePath, location: SourceLocation, here: readonly GoApp[]): GoDockerError {
  const candidates = here.map(({ packageDir }) => `package=${written(packageDir)}`).join(' or ');
  return new GoDockerError(
    `The package ${written(recorded)} is gone, and it is not sure what took its place`,
    {
      location,
      advice:
        candidates === ''
          ? 'Write the folder of the main package after "package=", or delete the Dockerfile if the app is gone.'
          : `Write ${candidates} here, or put the package back.`,
    },
  );
}

/** How the `builder` block writes the folder of a package. */
function written(packageDir: WorkspacePath): string {
  return packageDir === '.' ? '.' : `./${packageDir}`;
}
