import { type Document, isMap, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';
import type { SourceLocation } from '../errors';
import { GoDockerError } from '../errors';

/** The root file of every pipeline of GitLab. */
export const GITLAB_FILE = '.gitlab-ci.yml';

/** The part of the root file that says what the pipeline is. */
export interface GitlabYaml {
  readonly document: Document.Parsed | undefined;
  /** undefined where the file holds nothing but comments. */
  readonly map: YAMLMap.Parsed | undefined;
  locationOf(offset: number): SourceLocation;
}

/**
 * Reads the root file. A document before the last one holds the inputs of a component.
 *
 * @throws GoDockerError with line and column where it is no YAML, or no mapping.
 */
export function readGitlabYaml(text: string): GitlabYaml {
  const lines = new LineCounter();
  const locationOf = (offset: number): SourceLocation => {
    const { line, col } = lines.linePos(offset);
    return { file: GITLAB_FILE, line, column: col };
  };
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const documents = 'empty' in parsed ? [] : parsed;
  const error = documents.flatMap(({ errors }) => errors).at(0);
  if (error) throw broken(`This is no YAML: ${error.message}`, locationOf(error.pos[0]));
  const document = documents.at(-1);
  const contents = document?.contents;
  if (contents === null || contents === undefined) return { document, map: undefined, locationOf };
  if (!isMap(contents)) throw broken('A pipeline is a mapping of jobs', locationOf(contents.range[0]));
  return { document, map: contents as YAMLMap.Parsed, locationOf };
}

function broken(what: string, location: SourceLocation): GoDockerError {
  return new GoDockerError(what, {
    location,
    advice: "Mend the line; GitLab's pipeline editor checks the whole file.",
  });
}
