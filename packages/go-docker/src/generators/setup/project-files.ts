import { posix } from 'node:path';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { addProjectConfiguration, type TargetDependencyConfig, type Tree } from '@nx/devkit';
import { projectIdentity } from '../../graph/projects/project-identity';
import { setProperty } from '../../json/edit-json';
import { isJsonObject, readJsonObject } from '../../json/read-json';
import { treeFiles } from './tree-files';

/** What the graph gives `image` where the project says nothing. */
const DEFAULT_PLATFORMS = ['linux/amd64'];

/**
 * Makes sure that Nx has a project with a name in `root`. Where there is one, it stays as it is.
 *
 * @param isProject Whether Nx has a project there.
 */
export function ensureProject(tree: Tree, root: WorkspacePath, name: string, isProject: boolean): void {
  const projectJson = posix.join(root, 'project.json');
  if (!isProject && !tree.exists(projectJson)) {
    addProjectConfiguration(tree, name, { root, projectType: 'application' });
    return;
  }
  // Nx names a project after its folder, and the root of the workspace has none.
  const text = root === '.' ? tree.read(projectJson, 'utf-8') : null;
  if (text !== null && projectIdentity(treeFiles(tree), root).name === undefined) {
    tree.write(projectJson, setProperty(text, ['name'], name));
  }
}

/** A target of a project. */
export interface ProjectTarget {
  readonly root: WorkspacePath;
  /** Name of the project. */
  readonly name: string;
  readonly target: string;
}

/** Has a target build for these platforms. */
export function setPlatforms(tree: Tree, target: ProjectTarget, platforms: readonly string[]): void {
  edit(tree, target, ['options', 'platforms'], (current = DEFAULT_PLATFORMS) =>
    JSON.stringify(platforms) === JSON.stringify(current) ? undefined : platforms,
  );
}

/** Has another target run before this one. */
export function addDependency(
  tree: Tree,
  target: ProjectTarget,
  dependency: string | TargetDependencyConfig,
): void {
  edit(tree, target, ['dependsOn'], (current) => {
    const others: readonly unknown[] = Array.isArray(current) ? current : [];
    const isThere = others.some((each) => JSON.stringify(each) === JSON.stringify(dependency));
    return isThere ? undefined : [...others, dependency];
  });
}

/** @param change The new value of a property of the target; undefined where it may stay. */
function edit(
  tree: Tree,
  { root, name, target }: ProjectTarget,
  property: readonly [string, ...string[]],
  change: (current: unknown) => unknown,
): void {
  const option = ['targets', target, ...property] as const;
  const [projectJson, packageJson] = [posix.join(root, 'project.json'), posix.join(root, 'package.json')];
  const inPackageJson = !tree.exists(projectJson) && tree.exists(packageJson);
  const file = inPackageJson ? packageJson : projectJson;
  const path: [string, ...string[]] = inPackageJson ? ['nx', ...option] : [...option];
  const text = tree.read(file, 'utf-8');
  const current = text === null ? undefined : valueAt(readJsonObject(text, file), path);
  const value = change(current);
  if (value === undefined) return;
  // A project that another plugin infers gets a project.json for this alone, under the name it has.
  if (text === null) {
    const nested = property.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    addProjectConfiguration(tree, name, { root, targets: { [target]: Object(nested) } });
  } else tree.write(file, setProperty(text, path, value));
}

function valueAt(object: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (isJsonObject(value) ? value[key] : undefined), object);
}
