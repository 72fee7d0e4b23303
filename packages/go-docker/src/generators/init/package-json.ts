import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { setProperty } from '../../json/edit-json';
import { isJsonObject, readJsonObject } from '../../json/read-json';

const PACKAGE_JSON = 'package.json';
const PLUGIN = 'go-docker';
const SECTIONS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/**
 * Names the package in `devDependencies`, unless package.json names it already. `nx add` has done so before; a workspace
 * without package.json (Nx in `.nx/installation`) keeps its plugins in nx.json.
 *
 * @returns Whether package.json changed, so that packages have to be installed.
 * @throws GoDockerError when package.json is no JSON.
 */
export function addDevDependency(tree: Tree): boolean {
  const text = tree.read(PACKAGE_JSON, 'utf-8');
  if (text === null) return false;
  const packageJson = readJsonObject(text, PACKAGE_JSON);
  const named = SECTIONS.some((section) => {
    const dependencies = packageJson[section];
    return isJsonObject(dependencies) && PLUGIN in dependencies;
  });
  if (named) return false;
  tree.write(PACKAGE_JSON, setProperty(text, ['devDependencies', PLUGIN], `^${ownVersion()}`));
  return true;
}

function ownVersion(): string {
  const file = join(__dirname, '../../../package.json');
  return String(readJsonObject(readFileSync(file, 'utf8'), 'go-docker/package.json').version);
}
