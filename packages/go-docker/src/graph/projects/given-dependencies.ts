import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import { ownTargets, property } from './project-json';

/** Where a person may have said what the target that builds an image depends on. */
export interface GivenDependencies {
  readonly files: FileSystem;
  /** Of the project. */
  readonly root: WorkspacePath;
  /** `targetDefaults` of nx.json, of any shape. */
  readonly targetDefaults?: unknown;
  /** Name of the target that builds the image. */
  readonly target: string | false;
}

/**
 * Whether the image's target will depend on `dependency` once Nx has put together what all say: a `dependsOn` of project.json,
 * package.json or nx.json takes the place of the inferred one.
 */
export function namesDependency(given: GivenDependencies, dependency: string | false): boolean {
  const { files, root, target } = given;
  if (dependency === false || target === false) return false;
  const ofProject = ownTargets(files, root, target).map((own) => property(own, 'dependsOn'));
  const all = [...ofProject, ...defaultsFor(given)].filter((dependsOn) => dependsOn !== undefined);
  return all.every((dependsOn) => Array.isArray(dependsOn) && dependsOn.includes(dependency));
}

/** Nx 22 has an object with a key for each target or executor, later ones may have a list. What cannot be told apart counts. */
function defaultsFor({ target, targetDefaults }: GivenDependencies): readonly unknown[] {
  if (Array.isArray(targetDefaults)) return targetDefaults.map((each) => property(each, 'dependsOn'));
  if (typeof targetDefaults !== 'object' || targetDefaults === null) return [];
  return Object.entries(targetDefaults)
    .filter(([key]) => key === target || key === 'go-docker:image' || /[*?[{]/.test(key))
    .flatMap(([, value]: [string, unknown]) => (Array.isArray(value) ? value : [value]))
    .map((each) => property(each, 'dependsOn'));
}
