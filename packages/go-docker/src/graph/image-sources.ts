import { posix } from 'node:path';
import {
  type BuildClosure,
  type FileSystem,
  type GoWorkspace,
  isWithin,
  type ModuleClosure,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { readDockerfile } from '../dockerfile/read-dockerfile';
import { isOurs, linesOutsideBlocks } from '../managed-block/managed-block';
import { isPlainFolder, sourcePatterns } from './file-patterns';

/** What in the workspace decides what an image is, before it is put into the words of an Nx version. */
export interface ImageSources {
  /** Folders of the packages that the program is compiled from. */
  readonly packageDirs: readonly WorkspacePath[];
  /** Folders of which every Go file but the tests is compiled, as far as a pattern can name them. */
  readonly goFolders: readonly WorkspacePath[];
  /** All other files that the program is compiled from, the Dockerfile and its ignore file. */
  readonly files: readonly WorkspacePath[];
  /** The files that decide which module versions are linked: go.mod, go.sum, go.work, go.work.sum. */
  readonly moduleFiles: readonly WorkspacePath[];
  /** The go.mod files of all other modules of go.work: each may raise a version that is linked, after a change or before it. */
  readonly otherModuleFiles: readonly WorkspacePath[];
  /** Patterns of Nx, for what is not known by name. */
  readonly patterns: readonly string[];
}

/**
 * Everything in the workspace that decides what an image is: exactly the files that its ignore file lets in. A Dockerfile that is not
 * ours may take whatever the workspace holds.
 *
 * @param ignoreText Of the ignore file beside the Dockerfile, below whose block its owner may let in more.
 */
export function imageSources(
  { files, modules: all }: GoWorkspace,
  image: AppImage,
  dockerfile: WorkspacePath,
  text: string,
  ignoreText = '',
): ImageSources {
  if (!isOurs(text)) return { ...NOTHING, patterns: EVERYTHING };
  const { modules, packages } = image.closure;
  const isMade = (path: WorkspacePath): boolean => image.generated.some((folder) => isWithin(folder, path));
  const compiled = new Set(image.closure.files);
  // Generated files count in no other way whether or not they are there: Nx makes the inputs before they are.
  const made = packages.filter(({ dir }) => isMade(dir)).map(({ dir }) => goFilesPattern(dir));
  const goFolders = packages
    .map(({ dir }) => dir)
    .filter((dir) => !isMade(dir) && isPlainFolder(dir) && isCompiledWhole(files, dir, compiled));
  const whole = new Set(goFolders);
  const embedded = image.embeddedFolders.filter(
    (dir) => !isMade(dir) && isEmbeddedWhole(files, dir, compiled),
  );
  const others = image.closure.files.filter(
    (path) =>
      !isMade(path) &&
      !(isGoSource(path) && whole.has(posix.dirname(path))) &&
      !embedded.some((dir) => isWithin(dir, path)),
  );
  // A file that was deleted is in no list; what matched it still does.
  const embeds = packages
    .flatMap(({ embedWildcards }) => embedWildcards)
    .map((path) => `{workspaceRoot}/${path}`);
  const ignoreFile = `${dockerfile}.dockerignore`;
  const copied = [...readDockerfile(text, dockerfile).contextSources, ...pathsLetIn(ignoreText, ignoreFile)];
  return {
    packageDirs: packages.map(({ dir }) => dir),
    goFolders,
    files: [...new Set([...others, dockerfile, ignoreFile])].sort(),
    moduleFiles: moduleFiles(files, modules),
    otherModuleFiles: all
      .filter(
        ({ dir, inWorkFile }) => modules.usesWorkFile && inWorkFile && !modules.moduleDirs.includes(dir),
      )
      .map(({ dir }) => posix.join(dir, 'go.mod')),
    patterns: [
      ...embedded.flatMap((dir) => sourcePatterns(dir).slice(1)),
      ...embeds,
      ...missingVendored(image.closure),
      ...made,
      ...copied.flatMap(sourcePatterns),
    ],
  };
}

const NOTHING: ImageSources = {
  packageDirs: [],
  goFolders: [],
  files: [],
  moduleFiles: [],
  otherModuleFiles: [],
  patterns: [],
};
const EVERYTHING = ['{workspaceRoot}/**/*'];

/** With those that are not there: they may have been before a change, or be after one. */
function moduleFiles(
  files: FileSystem,
  { moduleDirs, usesWorkFile, ...modules }: ModuleClosure,
): WorkspacePath[] {
  const mayUseWorkFile = usesWorkFile || files.readFile('go.work') === undefined;
  const sums = moduleDirs.map((dir) => posix.join(dir, 'go.sum'));
  const lists = (usesWorkFile ? ['.'] : moduleDirs)
    .map((dir) => posix.join(dir, VENDOR_LIST))
    .filter((path) => files.readFile(path) === undefined);
  return [
    ...new Set([...modules.files, ...sums, ...lists, ...(mayUseWorkFile ? ['go.work', 'go.work.sum'] : [])]),
  ].sort();
}

const VENDOR_LIST = 'vendor/modules.txt';

/** Where packages would be that a vendor folder lacks: they may have been there before a change. */
function missingVendored({ modules, externalImports }: BuildClosure): readonly string[] {
  const list = modules.isVendored ? modules.files.find((path) => path.endsWith(VENDOR_LIST)) : undefined;
  if (list === undefined) return [];
  return externalImports.flatMap((path) => sourcePatterns(posix.join(posix.dirname(list), path)).slice(1));
}

/** Whether all of a folder is embedded, hidden files too. */
function isEmbeddedWhole(
  files: FileSystem,
  dir: WorkspacePath,
  compiled: ReadonlySet<WorkspacePath>,
): boolean {
  return files.readDirectory(dir).every(({ name, kind }) => {
    const path = posix.join(dir, name);
    return kind === 'file' ? compiled.has(path) : isEmbeddedWhole(files, path, compiled);
  });
}

/** Whether all Go files of a folder but its tests are compiled, so that one pattern says what a list of their names would. */
function isCompiledWhole(
  files: FileSystem,
  dir: WorkspacePath,
  compiled: ReadonlySet<WorkspacePath>,
): boolean {
  return files
    .readDirectory(dir)
    .every(({ name, kind }) => kind !== 'file' || !isGoSource(name) || compiled.has(posix.join(dir, name)));
}

function isGoSource(path: string): boolean {
  return path.endsWith('.go') && !path.endsWith('_test.go');
}

function goFilesPattern(dir: WorkspacePath): string {
  const folder = dir === '.' ? '' : `${dir.replace(/[{}(),!@+#]/g, '?')}/`;
  return `{workspaceRoot}/${folder}*.go`;
}

/** What lines of the owner let in, such as `!config/*.json`. (https://docs.docker.com/build/concepts/context/#syntax) */
function pathsLetIn(ignoreText: string, file: WorkspacePath): readonly string[] {
  return linesOutsideBlocks(ignoreText, file)
    .map((line) => /^!\s*\/?(.+?)\/?$/.exec(line.trim())?.[1])
    .filter((path) => path !== undefined);
}

/** Everything in a folder that is a build context of its own. */
export function contextSources(folder: WorkspacePath): ImageSources {
  return { ...NOTHING, patterns: folder === '.' ? EVERYTHING : sourcePatterns(folder) };
}

/** What an image comes from while its closure is not known: whatever changes may be what makes it known again. */
export function possibleSources(): ImageSources {
  return { ...NOTHING, patterns: EVERYTHING };
}

/** What several images come from, each once. */
export function joinedSources(all: readonly ImageSources[]): ImageSources {
  const of = (part: keyof ImageSources): string[] => [...new Set(all.flatMap((each) => each[part]))];
  return {
    packageDirs: of('packageDirs').sort(),
    goFolders: of('goFolders').sort(),
    files: of('files').sort(),
    moduleFiles: of('moduleFiles').sort(),
    otherModuleFiles: of('otherModuleFiles').sort(),
    patterns: of('patterns'),
  };
}
