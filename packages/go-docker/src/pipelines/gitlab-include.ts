import { isAlias, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import { GoDockerError } from '../errors';
import { GITLAB_FILE, readGitlabYaml } from './gitlab-yaml';

/**
 * The root file with an `include` of another one of this repository. All that is there stays, byte for byte.
 *
 * @throws GoDockerError with the lines to write where the file's own form of `include` cannot be added to, or is no YAML.
 */
export function withGitlabInclude(text: string, included: string): string {
  const { map, locationOf } = readGitlabYaml(text);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const pair = map?.items.find(({ key }) => isScalar(key) && key.value === 'include');
  if (pair === undefined) {
    const start = map?.range[0] ?? text.length;
    const { line, column } = locationOf(start);
    // Lines of ours would stand left of all others where these are indented.
    if (map !== undefined && (map.flow || column !== 1)) throw cannotAdd(included, line);
    const lines = `include:${lineEnd}  - local: ${included}${lineEnd}${lineEnd}`;
    return insert(text, map === undefined ? text.length : start, lines);
  }
  const node = pair.value as Node | null;
  if (localFiles(node).includes(included)) return text;
  const last = isSeq(node) && !node.flow ? (node.items.at(-1) as Node | undefined) : undefined;
  if (!isSeq(node) || last?.range === undefined || last.range === null) {
    throw cannotAdd(included, locationOf(pair.key.range?.[0] ?? 0).line);
  }
  const start = node.range?.[0] ?? 0;
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const newline = text.indexOf('\n', last.range[1] - 1);
  const isUnfinished = newline === -1;
  const entry = `${indent}- local: ${included}`;
  return isUnfinished ? `${text}${lineEnd}${entry}` : insert(text, newline + 1, `${entry}${lineEnd}`);
}

/** The stages that the root file names; undefined where it names none. */
export function gitlabStages(text: string): readonly string[] | undefined {
  const { document, map } = readGitlabYaml(text);
  // An alias stands for the list or the name that has its anchor.
  const valueOf = (node: unknown): unknown => (isAlias(node) && document ? node.resolve(document) : node);
  const stages = valueOf(map?.get('stages', true));
  if (!isSeq(stages)) return undefined;
  const names = stages.items.map(valueOf).map((stage) => (isScalar(stage) ? stage.value : undefined));
  return names.filter((name): name is string => typeof name === 'string');
}

/** Whether the stages may be named in another file than these two, which the root file includes. Where both name some, the root file's hold. */
export function mayIncludeStages(text: string, included: string): boolean {
  const { map } = readGitlabYaml(text);
  if (map === undefined || map.has('stages')) return false;
  const node = map.get('include', true) as Node | null | undefined;
  const entries = isSeq(node) ? node.items : isNode(node) ? [node] : [];
  return entries.some((entry) => !localFiles(entry as Node).includes(included));
}

/** Files of this repository that are included, without the `/` that they may begin with. */
function localFiles(node: Node | null): readonly string[] {
  const entries = isSeq(node) ? node.items : [node];
  return entries.flatMap((entry) => {
    const local = isMap(entry) ? entry.get('local') : isScalar(entry) ? entry.value : undefined;
    const all: readonly unknown[] = isSeq(local) ? local.toJSON() : [local];
    return all.flatMap((each) => (typeof each === 'string' ? each.replace(/^\//, '') : []));
  });
}

function insert(text: string, offset: number, addition: string): string {
  return text.slice(0, offset) + addition + text.slice(offset);
}

function cannotAdd(included: string, line: number | undefined): GoDockerError {
  return new GoDockerError('"include" of this file is not a list with one entry in each line', {
    location: { file: GITLAB_FILE, line },
    advice: `write it as such a list and run this again, or add the entry yourself: "include:" and below it "  - local: ${included}"`,
  });
}
