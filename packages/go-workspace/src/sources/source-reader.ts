import type { DirectoryEntry } from '../files/file-system';
import { baseName, childPath, parentPath, type WorkspacePath } from '../files/workspace-path';
import type { GoWorkspace } from '../modules/go-workspace';
import { type FileHeader, parseFileHeader } from './file-header';
import type { GoFile } from './go-file';
import { readGoFile } from './read-go-file';
import { type SourceFile, sourceFiles } from './source-file';

/** Reads and parses every file and folder at most once. */
export interface SourceReader {
  goFile(path: WorkspacePath): GoFile;
  /** The header of an assembly or C file. */
  header(path: WorkspacePath): FileHeader;
  directory(path: WorkspacePath): ReadonlyMap<string, DirectoryEntry>;
  /** The files of a folder that Go may read, sorted by name. */
  sourceFiles(path: WorkspacePath): readonly SourceFile[];
  place(path: WorkspacePath): Place;
}

/** Where a path leads once symbolic links are followed. */
export interface Place {
  readonly path: WorkspacePath;
  /** The links on the way: they have to be there as well. */
  readonly links: readonly WorkspacePath[];
}

const readers = new WeakMap<GoWorkspace, SourceReader>();

/** The one reader of a workspace: its apps share libraries. Like the workspace, it knows the files as they were when first read. */
export function sourceReader(workspace: GoWorkspace): SourceReader {
  const { files, knownGoFiles } = workspace;
  const known = readers.get(workspace);
  if (known) return known;
  const text = (path: WorkspacePath): string => files.readFile(path) ?? '';
  const reader: SourceReader = {
    goFile: remember((path) => {
      const known = knownGoFiles?.get(path);
      if (known) return known;
      const file = readGoFile(files, path);
      knownGoFiles?.set(path, file);
      return file;
    }),
    header: remember((path) => parseFileHeader(text(path))),
    directory: remember((path) => new Map(files.readDirectory(path).map((entry) => [entry.name, entry]))),
    sourceFiles: remember((path) => sourceFiles(path, reader.directory(path).values())),
    place: remember((path) => placeOf(reader, path)),
  };
  readers.set(workspace, reader);
  return reader;
}

function placeOf(reader: SourceReader, path: WorkspacePath): Place {
  if (path === '.') return { path, links: [] };
  const parent = reader.place(parentPath(path));
  const place = childPath(parent.path, baseName(path));
  const hops = reader.directory(parent.path).get(baseName(path))?.link ?? [];
  const last = hops.at(-1);
  if (last === undefined) return { path: place, links: parent.links };
  const target = reader.place(last);
  return { path: target.path, links: [...parent.links, place, ...hops.slice(0, -1), ...target.links] };
}

function remember<T>(read: (path: WorkspacePath) => T): (path: WorkspacePath) => T {
  const values = new Map<WorkspacePath, T>();
  return (path) => {
    const known = values.get(path);
    if (known !== undefined) return known;
    const value = read(path);
    values.set(path, value);
    return value;
  };
}
