import type { Tree } from '@nx/devkit';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { GoDockerError } from '../../errors';
import { prependElement, setProperty } from '../../json/edit-json';
import { isJsonObject, lineAt, readJsonObject } from '../../json/read-json';

const NX_JSON = 'nx.json';
const PLUGIN = 'go-docker';

/**
 * Puts the plugin into nx.json once; comments and formatting stay.
 *
 * @throws GoDockerError when there is no nx.json, it is no JSON, or its `plugins` is no list.
 */
export function registerPlugin(tree: Tree): void {
  const text = tree.read(NX_JSON, 'utf-8');
  if (text === null) {
    throw new GoDockerError('there is no nx.json here, so this is not the root of an Nx workspace', {
      advice: 'run `npx nx init` in the root of the repository, then this command again',
    });
  }
  const { plugins } = readJsonObject(text, NX_JSON);
  if (plugins === undefined) {
    tree.write(NX_JSON, setProperty(text, ['plugins'], [PLUGIN]));
    return;
  }
  if (!Array.isArray(plugins)) throw notAList(text);
  // First, because a later plugin's word counts: we name a project only where no other plugin does.
  if (!plugins.some(isOurPlugin)) tree.write(NX_JSON, prependElement(text, 'plugins', PLUGIN));
}

function notAList(text: string): GoDockerError {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const plugins = root && findNodeAtLocation(root, ['plugins']);
  return new GoDockerError('`plugins` is not a list', {
    location: { file: NX_JSON, line: lineAt(text, plugins?.offset ?? 0) },
    advice: `make it a list, such as "plugins": ["${PLUGIN}"]`,
  });
}

/** Whether an entry of `plugins` in nx.json is this plugin: Nx takes a name, or an object with the name and options. */
export function isOurPlugin(entry: unknown): boolean {
  return entry === PLUGIN || (isJsonObject(entry) && entry.plugin === PLUGIN);
}
