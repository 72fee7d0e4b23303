import { posix } from 'node:path';
import { type GoWorkspace, isWithin, type WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../../apps/app-image';
import { readDockerfile } from '../../dockerfile/read-dockerfile';
import { isOurs, linesOutsideBlocks } from '../../managed-block/managed-block';
import { once } from '../../once';
import { type EmbeddedFolder, embeddedPatterns } from './embedded-patterns';
import { sourcePatterns, wildcardPattern } from './file-patterns';
import { packageInputs } from './package-inputs';
import { missingVendored, moduleFiles, otherModuleFiles } from './module-files';
import type { SourceFolder } from './source-folders';

/** What in the workspace decides what an image is, before it is put into the words of an Nx version. */
export interface ImageSources {
  /** Folders of the packages that the program is compiled from. */
  readonly packageDirs: readonly WorkspacePath[];
  /** Folders of these packages, as far as a pattern can say what is compiled of them. */
  readonly folders: readonly SourceFolder[];
  /** Folders that are embedded, but for what is hidden in them. */
  readonly embedded: readonly EmbeddedFolder[];
  /** Whatever is embedded, also where a pattern matches it. */
  readonly embeddedFiles: readonly WorkspacePath[];
  /** Folders and files of which everything counts. */
  readonly whole: readonly WorkspacePath[];
  /** All other files that the program is compiled from, the Dockerfile and its ignore file. */
  readonly files: readonly WorkspacePath[];
  /** The files that decide which module versions are linked: go.mod, go.sum, go.work, go.work.sum. */
  readonly moduleFiles: readonly WorkspacePath[];
  /** The go.mod files of all other modules of go.work: each may raise a version that is linked, after a change or before it. */
  readonly otherModuleFiles: readonly WorkspacePath[];
  /** Files of its packages that are not compiled as they are, and may have been before a change. */
  readonly leftOut: readonly WorkspacePath[];
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
  workspace: GoWorkspace,
  image: AppImage,
  dockerfile: WorkspacePath,
  text: string,
  ignoreText = '',
): ImageSources {
  if (!isOurs(text)) return ANYTHING;
  const { files } = workspace;
  const { modules, packages } = image.closure;
  const isMade = (path: WorkspacePath): boolean => image.generated.some((folder) => isWithin(folder, path));
  // Generated files count in no other way whether or not they are there: Nx makes the inputs before they are.
  const made = packages
    .filter(({ dir }) => isMade(dir))
    .map(({ dir }) => wildcardPattern(posix.join(dir, '*.go')));
  const parts = packages.map((each) => packageInputs(workspace, each));
  const compiled = once(() => new Set(image.closure.files));
  const embedded = embeddedPatterns(files, packages, compiled, isMade);
  const others = parts.flatMap((part) => part.files).filter((path) => !isMade(path) && !embedded.has(path));
  const ignoreFile = `${dockerfile}.dockerignore`;
  const copied = [...readDockerfile(text, dockerfile).contextSources, ...pathsLetIn(ignoreText, ignoreFile)];
  return {
    packageDirs: packages.map(({ dir }) => dir),
    folders: parts.flatMap(({ folder }) => (folder === undefined || isMade(folder.dir) ? [] : [folder])),
    embedded: embedded.folders,
    embeddedFiles: packages.flatMap(({ embedFiles }) => embedFiles),
    whole: [...embedded.whole, ...copied.map(aboveWildcards)],
    files: [...new Set([...others, dockerfile, ignoreFile])].sort(),
    moduleFiles: moduleFiles(workspace, modules),
    otherModuleFiles: otherModuleFiles(workspace, modules),
    leftOut: packages.flatMap(({ leftOut }) => leftOut).filter((path) => !isMade(path)),
    patterns: [
      ...embedded.patterns,
      ...missingVendored(image.closure),
      ...made,
      ...copied.flatMap(sourcePatterns),
    ],
  };
}

const NOTHING: ImageSources = {
  packageDirs: [],
  folders: [],
  embedded: [],
  embeddedFiles: [],
  whole: [],
  files: [],
  moduleFiles: [],
  otherModuleFiles: [],
  leftOut: [],
  patterns: [],
};
/** What an image comes from while that is not known: whatever changes may be part of it, or make it known again. */
export const ANYTHING: ImageSources = { ...NOTHING, whole: ['.'], patterns: ['{workspaceRoot}/**/*'] };

/** The folder above the first wildcard of a source; the source itself where it has none. */
function aboveWildcards(source: string): WorkspacePath {
  const [first = ''] = source.split(/[*?[\\]/, 1);
  return first === source ? posix.normalize(source) : posix.dirname(`${first}x`);
}

/** What lines of the owner let in, such as `!config/*.json`. (https://docs.docker.com/build/concepts/context/#syntax) */
function pathsLetIn(ignoreText: string, file: WorkspacePath): readonly string[] {
  return linesOutsideBlocks(ignoreText, file)
    .map((line) => /^!\s*\/?(.+?)\/?$/.exec(line.trim())?.[1])
    .filter((path) => path !== undefined);
}

/** Everything in a folder that is a build context of its own. */
export function contextSources(folder: WorkspacePath): ImageSources {
  return folder === '.' ? ANYTHING : { ...NOTHING, whole: [folder], patterns: sourcePatterns(folder) };
}

/** What several images come from, each once. */
export function joinedSources(all: readonly ImageSources[]): ImageSources {
  const of = (part: Exclude<keyof ImageSources, 'folders' | 'embedded'>): string[] => [
    ...new Set(all.flatMap((each) => each[part])),
  ];
  const each = <T>(parts: readonly T[]): T[] => [
    ...new Map(parts.map((part) => [JSON.stringify(part), part])).values(),
  ];
  return {
    packageDirs: of('packageDirs').sort(),
    folders: each(all.flatMap(({ folders }) => folders)),
    embedded: each(all.flatMap(({ embedded }) => embedded)),
    embeddedFiles: of('embeddedFiles'),
    whole: of('whole'),
    files: of('files').sort(),
    moduleFiles: of('moduleFiles').sort(),
    otherModuleFiles: of('otherModuleFiles').sort(),
    leftOut: of('leftOut'),
    patterns: of('patterns'),
  };
}
