import { CgoNeededError, type MissingPackage, MissingPackagesError } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';

/**
 * What `attempt` returns, which reads what an app is compiled from.
 *
 * @param app What `setup` takes the app by.
 * @param targets Targets that may make what is missing, as `--generatedBy` takes them.
 * @throws What it throws, with the option of `setup` that would help.
 */
export function tellingOption<T>(app: string, targets: readonly string[], attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof MissingPackagesError) throw missingCode(error, app, targets);
    if (error instanceof CgoNeededError) throw cgoNeeded(error, app);
    throw error;
  }
}

function cgoNeeded({ what, location }: CgoNeededError, app: string): GoDockerError {
  return new GoDockerError(what, {
    location,
    advice: `the package needs cgo, which is off: nx g go-docker:setup ${app} --cgo`,
  });
}

/**
 * The error for packages that are imported and not there, with no target known that would make them.
 *
 * @param app What `setup` takes the app by.
 * @param targets Targets that may make the files, as `--generatedBy` takes them.
 */
function missingCode(
  { message, advice = '', location }: MissingPackagesError,
  app: string,
  targets: readonly string[],
): GoDockerError {
  const place = location ? `${location.file}:${location.line ?? 1}: ` : '';
  const what = message.slice(message.startsWith(place) ? place.length : 0).replace(`\n→ ${advice}`, '');
  return new GoDockerError(what, {
    location,
    advice:
      'correct the import path, or add the package; where a target makes its files, name that: ' +
      `nx g go-docker:setup ${app} --generatedBy=${targets[0] ?? '<target>'}` +
      (targets.length > 1 ? ` (or ${targets.slice(1, 4).join(', ')})` : ''),
  });
}

/** The error for generated code that is still not there when an image is built. */
export function notGenerated(missing: readonly MissingPackage[], project: string): GoDockerError {
  const [first] = missing;
  const lines = missing.map(({ dir, importedAt }) => {
    const importer = importedAt ? `, imported at ${importedAt.file}:${importedAt.line ?? 1}` : '';
    return `  ${dir}: no Go files${importer}`;
  });
  return new GoDockerError(`generated code of ${project} is missing`, {
    location: first?.importedAt,
    output: lines.join('\n'),
    advice:
      'run the target that makes it; so that Nx does, name it: ' +
      `nx g go-docker:setup ${project} --generatedBy=<target>`,
  });
}
