import { posix } from 'node:path';
import { type FileSystem, hasEntry, isWithin, type WorkspacePath } from '@go-docker/go-workspace';
import { filePatterns, goFolderPatterns, linuxFolderPatterns } from './file-patterns';
import type { ImageSources } from './image-sources';

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
  const { moduleFiles } = sources;
  const moduleDirs = new Set(
    moduleFiles.filter((path) => posix.basename(path) === 'go.mod').map(posix.dirname),
  );
  const write = (name: string, folders: GoFolders, paths: readonly WorkspacePath[]) =>
    affectedBy.unit === 'task'
      ? { inputs: [...allFolderPatterns(folders), ...filePatterns(paths)], named: {} }
      : withNamedInput(name, folders, paths, isReached, moduleDirs);
  const deciding = [...new Set([...moduleFiles, ...sources.otherModuleFiles, dockerfile])].sort();
  const paths = hasModulesTarget ? sources.files : [...sources.files, ...moduleFiles].sort();
  const image = write('goDockerImageFiles', sources, paths);
  const modules = write('goDockerModuleFiles', NO_FOLDERS, hasModulesTarget ? deciding : []);
  return {
    image: [...image.inputs, ...sources.patterns],
    modules: modules.inputs,
    namedInputs: { ...image.named, ...modules.named },
  };
}

type GoFolders = Pick<ImageSources, 'goFolders' | 'mixedFolders'>;
const NO_FOLDERS: GoFolders = { goFolders: [], mixedFolders: [] };

/** The same whether or not a folder holds files for other systems: Nx hashes what named inputs say, too. */
const allFolderPatterns = ({ goFolders, mixedFolders }: GoFolders): string[] =>
  linuxFolderPatterns([...goFolders, ...mixedFolders].sort());

function withNamedInput(
  name: string,
  folders: GoFolders,
  paths: readonly WorkspacePath[],
  isReached: (path: WorkspacePath) => boolean,
  moduleDirs: ReadonlySet<WorkspacePath>,
): { inputs: Input[]; named: Record<string, string[]> } {
  const goFolders = parted(folders.goFolders, isReached);
  const mixedFolders = parted(folders.mixedFolders, isReached);
  const files = parted(paths, isReached);
  const hidden = [
    ...allFolderPatterns({ goFolders: goFolders.reached, mixedFolders: mixedFolders.reached }),
    ...filePatterns(files.reached),
  ];
  const moduleOf = (dir: WorkspacePath): WorkspacePath =>
    dir === '.' || moduleDirs.has(dir) ? dir : moduleOf(posix.dirname(dir));
  // Tried one by one: the simplest form is the fastest.
  const inSight = [
    ...together(goFolders.others, moduleOf).flatMap(goFolderPatterns),
    ...together(mixedFolders.others, moduleOf).flatMap(linuxFolderPatterns),
    ...together(files.others, posix.dirname).flatMap(filePatterns),
  ];
  return hidden.length === 0
    ? { inputs: inSight, named: {} }
    : { inputs: [{ input: name }, ...inSight], named: { [name]: hidden } };
}

/** minimatch takes an alternative of a brace for a pattern of its own, and longer than that for many of them. */
const MAX_TOGETHER = 6;

/**
 * Paths in the groups that images share: one that uses a module mostly uses all of it. Fewer patterns are less for Nx to merge, to write down
 * and to try.
 */
function together(
  paths: readonly WorkspacePath[],
  groupOf: (path: WorkspacePath) => WorkspacePath,
): readonly (readonly WorkspacePath[])[] {
  const groups = new Map<WorkspacePath, WorkspacePath[]>();
  for (const path of paths) {
    const group = groups.get(groupOf(path));
    if (group) group.push(path);
    else groups.set(groupOf(path), [path]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length <= MAX_TOGETHER ? [group] : group.map((path) => [path]),
  );
}

function parted(
  paths: readonly WorkspacePath[],
  isReached: (path: WorkspacePath) => boolean,
): { readonly reached: readonly WorkspacePath[]; readonly others: readonly WorkspacePath[] } {
  const [reached, others]: [WorkspacePath[], WorkspacePath[]] = [[], []];
  for (const path of paths) (isReached(path) ? reached : others).push(path);
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
