import { GoWorkspaceError } from '../errors';
import type { DirectoryEntry } from '../files/file-system';
import { childPath, type WorkspacePath } from '../files/workspace-path';
import type { PackageSources } from '../sources/package-sources';
import { isHidden } from '../sources/source-file';
import type { SourceReader } from '../sources/source-reader';

/** What the `//go:embed` patterns of a package name, all sorted. */
export interface EmbeddedFiles {
  readonly embedFiles: readonly WorkspacePath[];
  /** Folders that the patterns name: all files below are embedded, but for hidden ones. */
  readonly embedFolders: readonly WorkspacePath[];
  /** Folders that are named with `all:`: hidden files below are embedded, too. */
  readonly embedAll: readonly WorkspacePath[];
}

/**
 * The files that the `//go:embed` patterns of a package name, by the rules of https://pkg.go.dev/embed and load.resolveEmbed.
 *
 * @throws GoWorkspaceError where the go command would refuse a pattern, with its file and line.
 */
export function embeddedFiles(reader: SourceReader, sources: PackageSources): EmbeddedFiles {
  const files = new Set<WorkspacePath>();
  const folders = { visible: new Set<WorkspacePath>(), all: new Set<WorkspacePath>() };
  for (const { pattern, file, line } of sources.embeds) {
    const refuse = (why: string, advice = 'Correct the pattern or the files it names.'): never => {
      throw new GoWorkspaceError(`//go:embed ${pattern}: ${why}`, { location: { file, line }, advice });
    };
    const all = pattern.startsWith('all:');
    const matches = matchesOf(reader, sources.dir, patternElements(all ? pattern.slice(4) : pattern, refuse));
    if (matches.length === 0) refuse('no matching files', 'If a build step makes the files, run it first.');
    for (const { path, elements } of matches) {
      const reason = obstacle(reader, path, elements);
      if (reason) refuse(reason);
      const isFile = elements.at(-1)?.kind === 'file';
      if (!isFile) folders[all ? 'all' : 'visible'].add(path);
      const found = isFile ? [path] : [...filesBelow(reader, path, all, refuse)];
      if (found.length === 0) refuse(`${path} holds no file that can be embedded`);
      for (const each of found) files.add(each);
    }
  }
  return {
    embedFiles: [...files].sort(),
    embedFolders: [...folders.visible].sort(),
    embedAll: [...folders.all].sort(),
  };
}

interface Match {
  readonly path: WorkspacePath;
  /** The entries from the package's folder down to the match. */
  readonly elements: readonly DirectoryEntry[];
}

function patternElements(pattern: string, refuse: (why: string) => never): RegExp[] {
  // As fs.ValidPath wants it.
  const elements = pattern.split('/');
  if (elements.some((element) => element === '' || element === '.' || element === '..')) {
    return refuse('a pattern is a path below the folder of the Go file, with no empty element, `.` or `..`');
  }
  return elements.map((element) => {
    try {
      return globElement(element);
    } catch {
      return refuse('the pattern cannot be read');
    }
  });
}

/** One element of a pattern, by the grammar of https://pkg.go.dev/path#Match. */
function globElement(element: string): RegExp {
  const source = element.replace(
    /\\(.)|\[(\^?)((?:\\.|[^\]\\])+)\]|([*?])|([^*?])/gsu,
    (part, escaped?: string, negated?: string, range?: string, wild?: string) => {
      if (escaped !== undefined) return escapeRegExp(escaped);
      if (range !== undefined)
        return `[${negated}${range.replace(/\\(.)|([[\]^])/gs, (_, a?: string, b?: string) => `\\${a ?? b}`)}]`;
      if (wild !== undefined) return wild === '*' ? '.*' : '.';
      if (part === '[' || part === '\\') throw new SyntaxError(`\`${part}\` stands alone`);
      return escapeRegExp(part);
    },
  );
  return new RegExp(`^${source}$`, 'su');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function matchesOf(reader: SourceReader, dir: WorkspacePath, patterns: readonly RegExp[]): Match[] {
  let matches: Match[] = [{ path: dir, elements: [] }];
  for (const pattern of patterns) {
    matches = matches.flatMap(({ path, elements }) =>
      [...reader.directory(path).values()]
        .filter(({ name }) => pattern.test(name))
        .map((entry) => ({ path: childPath(path, entry.name), elements: [...elements, entry] })),
    );
  }
  return matches;
}

/** Why a match cannot be embedded. */
function obstacle(
  reader: SourceReader,
  path: WorkspacePath,
  elements: readonly DirectoryEntry[],
): string | undefined {
  const bad = elements.find(({ name }) => isBadName(name));
  if (bad) return `the name ${bad.name} cannot be embedded`;
  if (elements.some(({ link }) => link)) return `${path} is reached by a symbolic link`;
  let dir = path;
  for (const { kind } of elements.toReversed()) {
    if (kind === 'directory' && reader.directory(dir).has('go.mod')) return `${dir} is another module`;
    dir = dir.slice(0, Math.max(dir.lastIndexOf('/'), 0)) || '.';
  }
  return undefined;
}

/** All files of a folder, without hidden ones unless `all`, up to where another module begins. */
function* filesBelow(
  reader: SourceReader,
  dir: WorkspacePath,
  all: boolean,
  refuse: (why: string) => never,
): Generator<WorkspacePath> {
  for (const { name, kind, link } of reader.directory(dir).values()) {
    const path = childPath(dir, name);
    const hidden = isHidden(name);
    if (hidden && !all) continue;
    if (isBadName(name)) {
      if (kind === 'directory' || hidden) continue;
      refuse(`${path} has a name that cannot be embedded`);
    }
    if (link) continue;
    if (kind === 'file') yield path;
    else if (!reader.directory(path).has('go.mod')) yield* filesBelow(reader, path, all, refuse);
  }
}

const VERSION_CONTROL = new Set(['.bzr', '.hg', '.git', '.svn']);
const WINDOWS_DEVICE = /^(CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9])(\.|$)/i;

/** Names that cannot be in a module (golang.org/x/mod/module.CheckFilePath), and version control. */
function isBadName(name: string): boolean {
  return (
    VERSION_CONTROL.has(name) ||
    name.endsWith('.') ||
    WINDOWS_DEVICE.test(name) ||
    /[^\p{L}0-9!#$%&()+,\-.=@[\]^_{}~ ]/u.test(name)
  );
}
