import { posix } from 'node:path';
import {
  type FileSystem,
  findApps,
  type GoApp,
  type GoWorkspace,
  GoWorkspaceError,
  readGoWorkspace,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import type { CreateNodesResult } from '@nx/devkit';
import { appImageOf } from '../apps/app-image';
import { appNames } from '../apps/app-names';
import { isOurs } from '../managed-block/managed-block';
import { hasStage, readDockerfile } from '../dockerfile/read-dockerfile';
import { GoDockerError } from '../errors';
import { projectPath } from '../images/project-path';
import { contextInputs, imageInputs, possibleInputs } from './image-inputs';
import { ownSources } from './own-options';
import { type TargetNames, targetNames } from './plugin-options';
import { projectIdentity } from './project-identity';
import { type ImageFacts, imageTargets } from './targets';

/** What one Dockerfile adds to the graph; undefined where it is no Go app's, or has no `runner` stage. */
export type ProjectsOf = (dockerfile: WorkspacePath) => CreateNodesResult | undefined;

/**
 * Reads Dockerfiles, and the Go workspace around them with the first one that may be a Go app's.
 *
 * A Go file that cannot be read breaks nobody's graph: its app's image is then not cached, and building it says what is wrong.
 *
 * @param options Of the plugin, as nx.json has them.
 * @throws GoDockerError where the options are wrong.
 */
export function imageProjects(files: FileSystem, options: unknown): ProjectsOf {
  const names = targetNames(options);
  const go = once(() => goWorkspace(files));
  return (dockerfile) => {
    const target = names.imageTargetName;
    if (target === false && names.devTargetName === false) return undefined;
    const text = files.readFile(dockerfile);
    if (text === undefined || !(isOurs(text) || hasStageNamed('runner', text, dockerfile))) return undefined;
    if (target === false && !hasDev(files, dockerfile)) return undefined;
    const source = imageSource(files, dockerfile, text, go, target);
    return source && { projects: project(files, dockerfile, source, names) };
  };
}

/** Where an image comes from: what its inputs are, or why they are not known. */
type ImageSource = Pick<ImageFacts, 'inputs' | 'isGenerated' | 'problem'> & { readonly name: string };

interface Go {
  readonly workspace: GoWorkspace;
  /** See {@link inferredNames}. */
  readonly names: () => ReadonlyMap<WorkspacePath, string>;
}

function goWorkspace(files: FileSystem): Go {
  const workspace = readGoWorkspace(files);
  return { workspace, names: once(() => inferredNames(files, findApps(workspace))) };
}

/** A Dockerfile of other languages may hold whatever Docker takes and dockerfile-ast does not: that is no concern of ours. */
function hasStageNamed(name: string, text: string, dockerfile: WorkspacePath): boolean {
  return withProblem(
    () => hasStage(readDockerfile(text, dockerfile), name),
    () => false,
  );
}

function imageSource(
  files: FileSystem,
  dockerfile: WorkspacePath,
  text: string,
  go: () => Go,
  target: string | false,
): ImageSource | undefined {
  const root = posix.dirname(dockerfile);
  return withProblem<ImageSource | undefined>(
    () => {
      const { workspace, names } = go();
      const image = appImageOf(workspace, dockerfile, text);
      if (image === undefined) return undefined;
      const inputs = [
        ...imageInputs(image, dockerfile, text, files.readFile(`${dockerfile}.dockerignore`)),
        ...(target === false ? [] : optionInputs(files, dockerfile, workspace, target)),
      ];
      return {
        name: names().get(root) ?? image.app.name,
        inputs: [...new Set(inputs)],
        isGenerated: image.generated.length > 0,
      };
    },
    (problem) => {
      if (!isOurs(text) && files.readFile(posix.join(root, 'go.mod')) === undefined) return undefined;
      const name = withProblem(
        () => go().names().get(root),
        () => undefined,
      );
      return { name: name ?? posix.basename(root), inputs: possibleInputs(dockerfile), problem };
    },
  );
}

/** The inputs that come with the options of the project's own target: each other Dockerfile with its closure, and each context. */
function optionInputs(
  files: FileSystem,
  dockerfile: WorkspacePath,
  workspace: GoWorkspace,
  target: string,
): readonly string[] {
  const { dockerfiles, contexts } = ownSources(files, posix.dirname(dockerfile), target);
  const others = dockerfiles
    .filter((path) => path !== dockerfile)
    .flatMap((path) => {
      const text = files.readFile(path) ?? '';
      const image = appImageOf(workspace, path, text);
      const ignoreText = files.readFile(`${path}.dockerignore`);
      return image && text !== '' ? imageInputs(image, path, text, ignoreText) : contextInputs('.');
    });
  return [...others, ...contexts.flatMap(contextInputs)];
}

/**
 * Names for the projects that have none, by root, as two projects of one name would break the graph. Apps without a Dockerfile do not
 * count: a project keeps its name when another app is added, whose own one `setup` then chooses.
 */
function inferredNames(files: FileSystem, apps: readonly GoApp[]): ReadonlyMap<WorkspacePath, string> {
  const named = apps.map((app) => ({ app, ...projectIdentity(files, app.projectRoot) }));
  const nameless = named.filter(
    ({ app, name, hasProjectJson }) =>
      name === undefined &&
      !hasProjectJson &&
      files.readFile(posix.join(app.projectRoot, 'Dockerfile')) !== undefined,
  );
  // Nx gives a project.json without a name that of its folder.
  const projects = named.flatMap(({ app: { projectRoot }, name, hasProjectJson }) => {
    const known = name ?? (hasProjectJson ? posix.basename(projectRoot) : undefined);
    return known === undefined ? [] : [[projectRoot, known] as const];
  });
  return appNames(
    nameless.map(({ app }) => app),
    new Map(projects),
  );
}

function project(
  files: FileSystem,
  dockerfile: WorkspacePath,
  { name, inputs, isGenerated, problem }: ImageSource,
  names: TargetNames,
): CreateNodesResult['projects'] {
  const root = posix.dirname(dockerfile);
  const identity = projectIdentity(files, root);
  const targets = imageTargets(
    {
      project: identity.name ?? name,
      // Nx fills in the name where another plugin may give it.
      outputName: identity.name === undefined ? '{projectName}' : projectPath(identity.name),
      dockerfile,
      inputs,
      isGenerated,
      problem,
      hasDev: hasDev(files, dockerfile),
    },
    names,
  );
  return {
    [root]: {
      // A project without a name breaks the graph. project.json always has one: its own, or Nx takes its folder's.
      ...(identity.hasProjectJson ? {} : { name: identity.name ?? name }),
      targets,
      metadata: { technologies: ['go', 'docker'], targetGroups: { 'Docker image': Object.keys(targets) } },
    },
  };
}

function hasDev(files: FileSystem, dockerfile: WorkspacePath): boolean {
  const settings = posix.join(posix.dirname(dockerfile), '.air.toml');
  return (
    files.readFile(settings) !== undefined &&
    hasStageNamed('dev', files.readFile(dockerfile) ?? '', dockerfile)
  );
}

function withProblem<T>(attempt: () => T, otherwise: (problem: string) => T): T {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof GoDockerError || error instanceof GoWorkspaceError) return otherwise(error.message);
    throw error;
  }
}

/** The answer of the first call for all calls; where that threw, they throw the same. */
function once<T>(read: () => T): () => T {
  let answer: { readonly value: T } | { readonly error: unknown } | undefined;
  return () => {
    answer ??= attempted(read);
    if ('error' in answer) throw answer.error;
    return answer.value;
  };
}

function attempted<T>(read: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}
