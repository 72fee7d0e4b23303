import { type GeneratorCallback, installPackagesTask, type Tree } from '@nx/devkit';
import { ignoreOutputs } from './git-ignore';
import { addDevDependency } from './package-json';
import { registerPlugin } from './register-plugin';

/**
 * Makes a workspace use go-docker: the plugin in nx.json, the package in package.json, the outputs ignored by git.
 * Again, it changes nothing.
 *
 * @returns What installs the package, where package.json did not name it.
 * @throws GoDockerError when nx.json, package.json or `plugins` in nx.json cannot be read.
 */
export default function initGenerator(tree: Tree): GeneratorCallback {
  registerPlugin(tree);
  const added = addDevDependency(tree);
  ignoreOutputs(tree);
  return () => {
    if (added) installPackagesTask(tree);
  };
}
