import { posix } from 'node:path';
import { type FileSystem, hasEntry, isWithin, type WorkspacePath } from '@go-docker/go-workspace';
import { embeddedFolderPattern } from './embedded-patterns';
import { filePatterns } from './file-patterns';
import { fewFolderPatterns, folderPatterns } from './folder-patterns';
import type { ImageSources } from './image-sources';
import type { SourceFolder } from './source-folders';
import { withoutClashes } from './without-clashes';

/** The files behind a project's targets, in the words of one version of Nx. */
export interface InputsOfProject {
  /** Of the target that builds the image. */
  readonly image: readonly Input[];
  /** Of the target that tells which module versions are linked. */
  readonly modules: readonly Input[];
  /** Named inputs that the two refer to. */
  readonly namedInputs: Readonly<Record<string, string[]>>;
}

export type Input = string | { readonly input: string };

/** How Nx finds what a change affects. */
export interface AffectedBy {
  /** The inputs of each task (Nx 24), or the projects that own the changed files and all that depend on those (Nx 22 and 23). */
  readonly unit: 'task' | 'project';
  /** Whether the graph has an edge from each project to those whose packages it imports. */
  readonly hasEdges: boolean;
}

/**
 * Inputs that match exactly the files of an image.
 *
 * Nx 22 and 23 try every pattern that begins with `{workspaceRoot}` on every changed file, in JavaScript, and compile it anew each
 * time: with hundreds of images that takes minutes. They do not look into named inputs that an object refers to. So that is where
 * those files stand whose change reaches the project anyway: its own, and those of projects that it has an edge to. Files of no
 * project stay in sight, each in a pattern that images share: equal ones are tried once.
 *
 * @param dockerfile In the root of the image's project. What it records, such as build tags, decides which modules are linked, too.
 * @param hasModulesTarget Whether the files that decide about module versions are inputs of a target of their own.
 */
export function inputsOf(
  files: FileSystem,
  dockerfile: WorkspacePath,
  sources: ImageSources,
  hasModulesTarget: boolean,
  affectedBy: AffectedBy,
): InputsOfProject {
  const isReached = reachedByProject(files, posix.dirname(dockerfile), sources.packageDirs, affectedBy);
  const { moduleFiles, leftOut } = sources;
  const moduleDirs = new Set(
    moduleFiles.filter((path) => posix.basename(path) === 'go.mod').map(posix.dirname),
  );
  const write = (name: string, folders: readonly SourceFolder[], paths: readonly WorkspacePath[]) =>
    affectedBy.unit === 'task'
      ? { inputs: [...folderPatterns(folders), ...filePatterns(paths)], named: {} }
      : withNamedInput(name, folders, paths, isReached, moduleDirs);
  // In the hash of the image these would count although they change nothing. `nx affected` names it for them by its other target.
  const deciding = [...new Set([...moduleFiles, ...sources.otherModuleFiles, ...leftOut, dockerfile])].sort();
  const { folders, embedded, files: named } = withoutClashes(sources);
  const paths = hasModulesTarget ? named : [...named, ...moduleFiles].sort();
  const image = write('goDockerImageFiles', folders, paths);
  const modules = write('goDockerModuleFiles', [], hasModulesTarget ? deciding : []);
  return {
    image: [...image.inputs, ...embedded.map(embeddedFolderPattern), ...sources.patterns],
    modules: modules.inputs,
    namedInputs: { ...image.named, ...modules.named },
  };
}

function withNamedInput(
  name: string,
  folders: readonly SourceFolder[],
  paths: readonly WorkspacePath[],
  isReached: (path: WorkspacePath) => boolean,
  moduleDirs: ReadonlySet<WorkspacePath>,
): { inputs: Input[]; named: Record<string, string[]> } {
  const ofFolders = parted(folders, ({ dir }) => isReached(dir));
  const ofFiles = parted(paths, isReached);
  const hidden = [...folderPatterns(ofFolders.reached), ...filePatterns(ofFiles.reached)];
  const moduleOf = (dir: WorkspacePath): WorkspacePath =>
    dir === '.' || moduleDirs.has(dir) ? dir : moduleOf(posix.dirname(dir));
  const inSight = [
    ...together(ofFolders.others, ({ dir }) => moduleOf(dir)).flatMap(fewFolderPatterns),
    ...together(ofFiles.others, posix.dirname).flatMap(filePatterns),
  ];
  return hidden.length === 0
    ? { inputs: inSight, named: {} }
    : { inputs: [{ input: name }, ...inSight], named: { [name]: hidden } };
}

/** minimatch takes an alternative of a brace for a pattern of its own, and longer than that for many of them. */
const MAX_TOGETHER = 6;

/**
 * Folders or files in the groups that images share: one that uses a module mostly uses all of it. Fewer patterns are less for Nx to merge, to write down
 * and to try.
 */
function together<T>(all: readonly T[], groupOf: (each: T) => WorkspacePath): readonly (readonly T[])[] {
  const groups = new Map<WorkspacePath, T[]>();
  for (const each of all) {
    const group = groups.get(groupOf(each));
    if (group) group.push(each);
    else groups.set(groupOf(each), [each]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length <= MAX_TOGETHER ? [group] : group.map((each) => [each]),
  );
}

function parted<T>(
  all: readonly T[],
  isReached: (each: T) => boolean,
): { readonly reached: readonly T[]; readonly others: readonly T[] } {
  const [reached, others]: [T[], T[]] = [[], []];
  for (const each of all) (isReached(each) ? reached : others).push(each);
  return { reached, others };
}

/**
 * Whether a change of a file or in a folder makes Nx 22 and 23 name the project, whatever the inputs say. Only the project.json of
 * others counts as a sign of a project: what other plugins make of a folder is not known here.
 */
function reachedByProject(
  files: FileSystem,
  own: WorkspacePath,
  packageDirs: readonly WorkspacePath[],
  { hasEdges }: AffectedBy,
): (path: WorkspacePath) => boolean {
  const nearest = nearestProject(files);
  const ownerOf = (dir: WorkspacePath): WorkspacePath | undefined => {
    const owner = nearest(dir);
    return isWithin(own, dir) && (owner === undefined || !isWithin(own, owner)) ? own : owner;
  };
  const folders = new Set(packageDirs);
  const imported = new Set(packageDirs.map(ownerOf));
  return (path) => {
    const owner = ownerOf(folders.has(path) ? path : posix.dirname(path));
    return owner !== undefined && (owner === own || (hasEdges && imported.has(owner)));
  };
}

const projects = new WeakMap<FileSystem, (dir: WorkspacePath) => WorkspacePath | undefined>();

/** The nearest folder with a project.json, from a folder upwards: asked for the same folders by all images that share them. */
function nearestProject(files: FileSystem): (dir: WorkspacePath) => WorkspacePath | undefined {
  const owners = new Map<WorkspacePath, WorkspacePath | undefined>();
  const nearest = (dir: WorkspacePath): WorkspacePath | undefined => {
    if (owners.has(dir)) return owners.get(dir);
    const isRoot = hasEntry(files, dir, 'project.json', 'file');
    const owner = isRoot ? dir : dir === '.' ? undefined : nearest(posix.dirname(dir));
    owners.set(dir, owner);
    return owner;
  };
  const known = projects.get(files) ?? nearest;
  projects.set(files, known);
  return known;
}
