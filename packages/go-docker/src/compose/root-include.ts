import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLSeq } from 'yaml';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';
import { plainPath } from '../images/workspace-path';
import { renderTemplate } from '../render-template';
import { composeTemplates } from './compose-templates';
import { readYaml, type YamlDocument, type YamlFile } from './read-yaml';
import { yamlScalar } from './yaml-scalar';

/** The names of a compose file, in the order that Compose looks for them. */
export const composeFileNames = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
] as const;

/** The compose file at the root of the workspace: the one that Compose takes, or the one to write. */
export function rootComposeFile(exists: (file: WorkspacePath) => boolean): WorkspacePath {
  return composeFileNames.find((name) => exists(name)) ?? composeFileNames[0];
}

/**
 * The root's compose file with each of these files in its `include`. All that is there stays, byte for byte; what is included already,
 * in whatever form, is not included again.
 *
 * @param text undefined where there is no file yet.
 * @param file Name of the root's compose file, for messages.
 * @throws GoDockerError with file, line and column where it cannot be read, or its `include` is no list.
 */
export function withIncludes(
  text: string | undefined,
  files: readonly WorkspacePath[],
  file: WorkspacePath = composeFileNames[0],
): string {
  const included = text === undefined ? [] : includedFiles(text, file);
  const missing = files.filter((path) => !included.includes(path));
  if (missing.length === 0 && text !== undefined) return text;
  if (text === undefined || text.trim() === '') {
    return renderTemplate(composeTemplates, 'root', { files: missing.map(yamlScalar) });
  }
  const result = insertIncludes(text, file, missing);
  const now = includedFiles(result, file);
  if (missing.every((path) => now.includes(path))) return result;
  throw notAList('The list could not be completed', { file });
}

/**
 * The files that a compose file includes, in both syntaxes, as paths below its folder. Addresses of other places and paths with variables
 * stay as they are written.
 *
 * @throws GoDockerError as {@link withIncludes} does.
 */
export function includedFiles(text: string, file: WorkspacePath): readonly string[] {
  const yaml = readYaml(text, file);
  return yaml.documents.flatMap((document) => {
    const include = includeNode(document, yaml);
    return include === undefined ? [] : pathsOf(include.toJS(document.document));
  });
}

/** The list under `include`, an alias followed; undefined where there is none or it is empty. */
export function includeNode({ document, map }: YamlDocument, yaml: YamlFile): YAMLSeq | undefined {
  const value = map?.get('include', true) as Node | undefined;
  const node = isAlias(value) ? value.resolve(document) : value;
  if (node === undefined || node === null || (isScalar(node) && node.value === null)) return undefined;
  if (isSeq(node)) return node;
  throw notAList('"include" is no list', yaml.locationOf(value?.range?.[0] ?? 0));
}

function pathsOf(include: unknown): readonly string[] {
  if (!Array.isArray(include)) return [];
  return include.flatMap((entry: unknown) => {
    const path = typeof entry === 'object' && entry !== null && 'path' in entry ? entry.path : entry;
    const paths: readonly unknown[] = Array.isArray(path) ? path : [path];
    return paths.flatMap((each) => (typeof each === 'string' ? [plainPath(each)] : []));
  });
}

function insertIncludes(text: string, file: WorkspacePath, files: readonly WorkspacePath[]): string {
  const yaml = readYaml(text, file);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const holder = yaml.documents.find(({ value }) => hasInclude(value));
  const pair = holder?.map?.items.find(({ key }) => isScalar(key) && key.value === 'include');
  if (holder && !pair) throw notAList('"include" comes from a merge key', { file });
  const value = pair?.value;
  if (isAlias(value)) {
    throw notAList(
      '"include" is an alias, and other places may use its list too',
      yaml.locationOf(value.range[0]),
    );
  }
  if (isSeq(value) && value.flow) return inFlow(text, value, files);
  if (isSeq(value)) return inBlock(text, value, files, lineEnd);
  const lines = files.map((path) => `  - path: ${yamlScalar(path)}`);
  if (pair) {
    if (holder?.map?.flow) throw notAList('"include" has no list', yaml.locationOf(pair.key.range[0]));
    return insertLines(text, pair.value?.range[1] ?? pair.key.range[1], lines, lineEnd);
  }
  const map = yaml.documents.find((document) => document.map)?.map;
  if (map?.flow) return inFlowMap(text, map.range[0], map.items.length > 0, files);
  const end = yaml.documents[0]?.document.range[1] ?? text.length;
  return insertLines(text, end, ['', 'include:', ...lines], lineEnd);
}

function hasInclude(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'include' in value;
}

function inFlow(text: string, list: YAMLSeq, files: readonly WorkspacePath[]): string {
  const paths = files.map(yamlScalar).join(', ');
  const last = list.items.at(-1) as Node | undefined;
  const end = last?.range?.[1];
  if (end !== undefined) return insert(text, end, `, ${paths}`);
  return insert(text, (list.range?.[0] ?? 0) + 1, paths);
}

function inFlowMap(text: string, start: number, hasKeys: boolean, files: readonly WorkspacePath[]): string {
  return insert(text, start + 1, ` include: [${files.map(yamlScalar).join(', ')}]${hasKeys ? ',' : ' '}`);
}

/** Below the last entry, in the syntax that it has. */
function inBlock(text: string, list: YAMLSeq, files: readonly WorkspacePath[], lineEnd: string): string {
  const start = list.range?.[0] ?? 0;
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const prefix = isMap(list.items.at(-1)) ? 'path: ' : '';
  const lines = files.map((path) => `${indent}- ${prefix}${yamlScalar(path)}`);
  return insertLines(text, list.range?.[1] ?? text.length, lines, lineEnd);
}

/** Inserts whole lines at the end of the line that holds `offset`, or at `offset` where a line begins there. */
function insertLines(text: string, offset: number, lines: readonly string[], lineEnd: string): string {
  const atStart = offset === 0 || text[offset - 1] === '\n';
  const next = atStart ? offset : text.indexOf('\n', offset) + 1;
  const at = next === 0 ? text.length : next;
  const before = at > 0 && text[at - 1] !== '\n' ? lineEnd : '';
  return insert(text, at, before + lines.map((line) => line + lineEnd).join(''));
}

function insert(text: string, offset: number, addition: string): string {
  return text.slice(0, offset) + addition + text.slice(offset);
}

function notAList(what: string, location: { file: string; line?: number; column?: number }): GoDockerError {
  return new GoDockerError(what, {
    location,
    advice:
      'Write the compose files that it includes as a list: "include:", and below it "  - path: apps/api/compose.yaml".',
  });
}
