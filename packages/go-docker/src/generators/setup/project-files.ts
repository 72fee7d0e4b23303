import { posix } from 'node:path';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { addProjectConfiguration, type Tree } from '@nx/devkit';
import { projectIdentity } from '../../graph/project-identity';
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

/** Has a target of the project in `root` build for these platforms. */
export function setPlatforms(
  tree: Tree,
  { root, name, target }: { readonly root: WorkspacePath; readonly name: string; readonly target: string },
  platforms: readonly string[],
): void {
  const option = ['targets', target, 'options', 'platforms'] as const;
  const [projectJson, packageJson] = [posix.join(root, 'project.json'), posix.join(root, 'package.json')];
  const inPackageJson = !tree.exists(projectJson) && tree.exists(packageJson);
  const file = inPackageJson ? packageJson : projectJson;
  const path: [string, ...string[]] = inPackageJson ? ['nx', ...option] : [...option];
  const text = tree.read(file, 'utf-8');
  const current = text === null ? undefined : valueAt(readJsonObject(text, file), path);
  const wanted = JSON.stringify(platforms);
  if (wanted === JSON.stringify(current ?? DEFAULT_PLATFORMS)) return;
  // A project that another plugin infers gets a project.json for this alone, under the name it has.
  if (text === null)
    addProjectConfiguration(tree, name, { root, targets: { [target]: { options: { platforms } } } });
  else tree.write(file, setProperty(text, path, platforms));
}

function valueAt(object: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (isJsonObject(value) ? value[key] : undefined), object);
}
