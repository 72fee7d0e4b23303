import { posix } from 'node:path';
import { findApps, type GoApp, type GoWorkspace, type WorkspacePath } from '@go-docker/go-workspace';
import { recordedOptions } from '../dockerfile/recorded-options';
import { GoDockerError, type SourceLocation } from '../errors';

/**
 * The text of a Dockerfile that was moved together with its app: its `builder` block names the folder the app had, and gets the one
 * it has now. Every other Dockerfile's text stays as it is.
 *
 * @throws GoDockerError where the package it names is gone, and it is not sure which one took its place.
 */
export function withMovedPackage(workspace: GoWorkspace, dockerfile: WorkspacePath, text: string): string {
  const { package: recorded, location } = recordedOptions(text, dockerfile);
  const apps = findApps(workspace);
  if (recorded === undefined || location?.line === undefined) return text;
  if (apps.some(({ packageDir }) => packageDir === recorded)) return text;
  const root = posix.dirname(dockerfile);
  const here = apps.filter(({ projectRoot }) => projectRoot === root);
  const [app] = here;
  if (!app || here.length > 1 || !isSurelyTheSame(app, recorded)) throw unsure(recorded, location, here);
  const lines = text.split('\n');
  const begin = lines[location.line - 1] ?? '';
  lines[location.line - 1] = begin.replace(/(\spackage=)\S+/, (_, key) => `${key}${written(app.packageDir)}`);
  return lines.join('\n');
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

/**
 * A folder that was moved whole has the package in the same place below it. Where the package itself was moved within its project,
 * only the one that had been the whole project can be nothing else.
 */
function isSurelyTheSame({ projectRoot, packageDir }: GoApp, recorded: WorkspacePath): boolean {
  if (recorded === projectRoot) return true;
  if (recorded.startsWith(`${projectRoot}/`)) return false;
  const below = posix.relative(projectRoot, packageDir);
  return below === '' || recorded.endsWith(`/${below}`);
}
