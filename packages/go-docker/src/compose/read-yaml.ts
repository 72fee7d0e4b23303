import { type Document, isMap, LineCounter, parseAllDocuments, visit, type YAMLMap } from 'yaml';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError, type SourceLocation } from '../errors';

/** A compose file with the place of every node in its text. */
export interface YamlFile {
  /** Compose merges them from first to last; none where the file holds nothing but comments. */
  readonly documents: readonly YamlDocument[];
  locationOf(offset: number): SourceLocation;
}

export interface YamlDocument {
  readonly document: Document.Parsed;
  /** What it says, aliases and merge keys followed. */
  readonly value: unknown;
  /** undefined where the document is empty. */
  readonly map?: YAMLMap.Parsed;
}

/**
 * Reads a compose file as Compose does: YAML 1.2 with merge keys, several documents in one file allowed.
 *
 * @throws GoDockerError with file, line and column where it is no YAML, holds a key twice or an alias of nothing, or is no mapping.
 */
export function readYaml(text: string, file: WorkspacePath): YamlFile {
  const lines = new LineCounter();
  const locationOf = (offset: number): SourceLocation => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const documents = 'empty' in parsed ? [] : parsed;
  for (const document of documents) {
    const [error] = document.errors;
    if (error) throw broken(error.message, locationOf(error.pos[0]), error);
    assertAliases(document, locationOf);
  }
  return { documents: documents.map((document) => checkedDocument(document, locationOf)), locationOf };
}

function assertAliases(document: Document.Parsed, locationOf: (offset: number) => SourceLocation): void {
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      throw broken(
        `There is no anchor &${alias.source} before this alias`,
        locationOf(alias.range?.[0] ?? 0),
      );
    },
  });
}

function checkedDocument(
  document: Document.Parsed,
  locationOf: (offset: number) => SourceLocation,
): YamlDocument {
  const { contents } = document;
  const value = valueOf(document, locationOf);
  if (isMap(contents)) return { document, value, map: contents as YAMLMap.Parsed };
  if (contents === null || value === null) return { document, value };
  throw new GoDockerError('A compose file is a mapping with keys such as "services"', {
    location: locationOf(contents.range[0]),
    advice: 'Write "services:" and, below it, the name of each service.',
  });
}

/** Aliases of aliases may stand for more than fits into memory; the library then refuses. */
function valueOf(document: Document.Parsed, locationOf: (offset: number) => SourceLocation): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw broken(
      error instanceof Error ? error.message : String(error),
      locationOf(document.range[0]),
      error,
    );
  }
}

function broken(what: string, location: SourceLocation, cause?: unknown): GoDockerError {
  return new GoDockerError(`This is no YAML that Compose reads: ${what}`, {
    location,
    advice: 'Mend the line; "docker compose config" checks the whole file.',
    cause,
  });
}
