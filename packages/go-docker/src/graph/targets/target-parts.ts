/** A list for each target: Nx adds to it what project.json says of that one. */
export const technologies = (): string[] => ['go', 'docker'];

/** npm's packages decide nothing about an image; without this, Nx rebuilds every image when one of them changes. */
export const NO_PACKAGES = { externalDependencies: [] };

/** Nx runs it before the target, but not in CI, where the executor itself refuses managed blocks that are out of date. */
export const SYNC = 'go-docker:sync';

/** What Nx shows about the options of a target: where more is said, and an example. */
export function help(
  project: string,
  target: string,
  options: Record<string, unknown>,
): { command: string; example: { options: Record<string, unknown> } } {
  return { command: `npx nx run ${project}:${target} --help`, example: { options } };
}
