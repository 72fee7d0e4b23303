import { posix } from 'node:path';
import {
  type FileSystem,
  type GoWorkspace,
  readGoWorkspace,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import type { CreateNodesResult } from '@nx/devkit';
import { hasStage, readDockerfile } from '../dockerfile/read-dockerfile';
import { projectPath } from '../images/project-path';
import { isOurs, managedBlocks } from '../managed-block/managed-block';
import { type DescribedImage, describedImage, goOf } from './described-image';
import { type AffectedBy, inputsOf } from './inputs/image-inputs';
import { type GivenDependencies, namesDependency } from './projects/given-dependencies';
import { type PluginSettings, pluginSettings } from './plugin-options';
import { projectIdentity } from './projects/project-identity';
import { imageTargets } from './targets/image-targets';
import { withProblem } from './with-problem';

/** What one Dockerfile adds to the graph; undefined where it is no Go app's, or has no `runner` stage. */
export type ProjectsOf = (dockerfile: WorkspacePath) => CreateNodesResult | undefined;

/** What Nx itself says, besides the files of the workspace. */
export interface NxFacts {
  readonly affectedUnit: AffectedBy['unit'];
  /** `targetDefaults` of nx.json. */
  readonly targetDefaults?: unknown;
}

/**
 * Reads Dockerfiles, and the Go workspace around them with the first one that may be a Go app's.
 *
 * A Go file that cannot be read breaks nobody's graph: its app's image is then not cached, and building it says what is wrong.
 *
 * @param options Of the plugin, as nx.json has them.
 * @param readWorkspace Called once at most.
 * @throws GoDockerError where the options are wrong.
 */
export function imageProjects(
  files: FileSystem,
  options: unknown,
  nx: NxFacts = { affectedUnit: 'task' },
  readWorkspace: () => GoWorkspace = () => readGoWorkspace(files),
): ProjectsOf {
  const settings = pluginSettings(options);
  const go = goOf(files, readWorkspace);
  return (dockerfile) => {
    const target = settings.imageTargetName;
    if (target === false && settings.devTargetName === false) return undefined;
    const text = files.readFile(dockerfile);
    if (text === undefined || !(isOurs(text) || hasStageNamed('runner', text, dockerfile))) return undefined;
    if (target === false && !hasDev(files, dockerfile)) return undefined;
    const image = describedImage(files, dockerfile, text, go, target);
    return image && { projects: project(files, dockerfile, image, settings, nx) };
  };
}

/** A Dockerfile of other languages may hold whatever Docker takes and dockerfile-ast does not: that is no concern of ours. */
function hasStageNamed(name: string, text: string, dockerfile: WorkspacePath): boolean {
  return withProblem(
    () => hasStage(readDockerfile(text, dockerfile), name),
    () => false,
  );
}

function project(
  files: FileSystem,
  dockerfile: WorkspacePath,
  { name, sources, externalImports, isGenerated, problem }: DescribedImage,
  settings: PluginSettings,
  { affectedUnit, targetDefaults }: NxFacts,
): CreateNodesResult['projects'] {
  const root = posix.dirname(dockerfile);
  const identity = projectIdentity(files, root);
  const given: GivenDependencies = { files, root, targetDefaults, target: settings.imageTargetName };
  // What makes code may change the imports, which only the sources tell that are there now.
  const imports =
    !isGenerated && namesDependency(given, settings.imageModulesTargetName) ? externalImports : undefined;
  const affectedBy: AffectedBy = { unit: affectedUnit, hasEdges: settings.analyzeSourceFiles };
  const inputs = inputsOf(files, dockerfile, sources, imports !== undefined, affectedBy);
  const targets = imageTargets(
    {
      project: identity.name ?? name,
      // Nx fills in the name where another plugin may give it.
      outputName: identity.name === undefined ? '{projectName}' : projectPath(identity.name),
      dockerfile,
      inputs: inputs.image,
      ...(imports && { modules: { inputs: inputs.modules, imports } }),
      isGenerated,
      problem,
      ...(settings.engine !== 'auto' && { engine: settings.engine }),
      hasDev: hasDev(files, dockerfile),
    },
    settings,
  );
  return {
    [root]: {
      // A project without a name breaks the graph. project.json always has one: its own, or Nx takes its folder's.
      ...(identity.hasProjectJson ? {} : { name: identity.name ?? name }),
      ...(Object.keys(inputs.namedInputs).length > 0 && { namedInputs: inputs.namedInputs }),
      targets,
      metadata: { technologies: ['go', 'docker'], targetGroups: { 'Docker image': Object.keys(targets) } },
    },
  };
}

/** Our own stage is enough, so that nothing of the project changes with the files beside it; one of the user's may have nothing to do with air. */
function hasDev(files: FileSystem, dockerfile: WorkspacePath): boolean {
  const text = files.readFile(dockerfile) ?? '';
  const isOurStage = withProblem(
    () => managedBlocks(text, dockerfile).some(({ name }) => name === 'dev'),
    () => false,
  );
  const settings = posix.join(posix.dirname(dockerfile), '.air.toml');
  return isOurStage || (files.readFile(settings) !== undefined && hasStageNamed('dev', text, dockerfile));
}
