import { projectPath } from '../../images/project-path';

/** Where BuildKit keeps its cache, as the options of these names take it. */
export interface EnvironmentCaches {
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly string[];
}

export const CACHE_FROM_VARIABLE = 'GO_DOCKER_CACHE_FROM';
export const CACHE_TO_VARIABLE = 'GO_DOCKER_CACHE_TO';

/**
 * The caches that `GO_DOCKER_CACHE_FROM` and `GO_DOCKER_CACHE_TO` name, such as `type=gha,scope={projectName}`: those of a CI system, which no
 * other machine can reach, so that they belong into its environment and not into the options that Nx hashes.
 *
 * @param project Stands for `{projectName}`: images that share a cache would each take the place of the one before.
 */
export function environmentCaches(environment: NodeJS.ProcessEnv, project: string): EnvironmentCaches {
  const named = (variable: string): readonly string[] =>
    (environment[variable] ?? '')
      .split(/\s+/)
      .filter((entry) => entry !== '')
      .map((entry) => entry.replaceAll('{projectName}', projectPath(project)));
  const [cacheFrom, cacheTo] = [named(CACHE_FROM_VARIABLE), named(CACHE_TO_VARIABLE)];
  return { ...(cacheFrom.length > 0 && { cacheFrom }), ...(cacheTo.length > 0 && { cacheTo }) };
}
