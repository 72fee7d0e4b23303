import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';
import { detectProvider } from './detect-provider';
import { gitlabStages, mayIncludeStages, withGitlabInclude } from './gitlab-include';
import { GITLAB_FILE } from './gitlab-yaml';
import {
  detectPackageManager,
  type PackageManager,
  packageManager,
  type PackageManagerName,
  packageManagerNames,
} from './package-managers';
import {
  type Pipeline,
  type PipelineEngine,
  pipelineEngines,
  type PipelineTargets,
  type SaidOptions,
} from './pipeline';
import { isPipelineFile, pipelineFile, recordedPipelineOptions } from './pipeline-file';
import type { Provider } from './provider';
import { pushTarget } from './push-target';

/** What a person asks for; what is not said is as the file remembers it, or found out. */
export interface PipelineRequest extends SaidOptions {
  readonly provider?: Provider;
  readonly packageManager?: PackageManagerName;
  readonly isForced: boolean;
}

/** What is known of a workspace besides its files. */
export interface WorkspaceFacts {
  readonly targets: PipelineTargets;
  /** `repository` and `tags` of the push target's options in nx.json. */
  readonly repository?: string;
  readonly tags?: readonly string[];
  /** The main branch, as nx.json or git has it. */
  readonly mainBranch: string;
  /** The address of the git remote. */
  readonly remote?: string;
}

/** The files of a pipeline, and what the person who asked for it has to know. */
export interface WorkspacePipeline {
  readonly pipeline: Pipeline;
  /** Files by path, with what they are to hold. */
  readonly texts: ReadonlyMap<WorkspacePath, string>;
  /** Whether a file that we do not read may name the stages of GitLab, so that those of the jobs may not be among them. */
  readonly hasUnknownStages: boolean;
}

const GITHUB_FILE = '.github/workflows/images.yml';
const GITLAB_INCLUDED = '.gitlab/images.yml';

/**
 * The pipeline of a workspace, as it is to be from now on.
 *
 * @throws GoDockerError that says what is missing, or which file stands in the way.
 */
export function workspacePipeline(
  files: FileSystem,
  request: PipelineRequest,
  facts: WorkspaceFacts,
): WorkspacePipeline {
  const provider = request.provider ?? providerOf(files, facts.remote);
  const root = files.readFile(GITLAB_FILE);
  const isIncluded = provider === 'gitlab' && root !== undefined && !isPipelineFile(root, GITLAB_FILE);
  const file = provider === 'github' ? GITHUB_FILE : isIncluded ? GITLAB_INCLUDED : GITLAB_FILE;
  const text = files.readFile(file);
  const said = { ...recorded(text, file), ...given(request) };
  const pipeline = {
    ...pipelineOf(files, provider, said, facts),
    ...(provider === 'gitlab' && root !== undefined && { stages: gitlabStages(root) }),
  };
  const texts = new Map([[file, pipelineFile(text, file, pipeline, said, request.isForced)]]);
  if (isIncluded) texts.set(GITLAB_FILE, withGitlabInclude(root, GITLAB_INCLUDED));
  return { pipeline, texts, hasUnknownStages: isIncluded && mayIncludeStages(root, GITLAB_INCLUDED) };
}

function providerOf(files: FileSystem, remote: string | undefined): Provider {
  const provider = detectProvider({
    hasGithubFolder: files.readDirectory('.').some(({ name }) => name === '.github'),
    hasGitlabFile: files.readFile(GITLAB_FILE) !== undefined,
    remote,
  });
  if (provider !== undefined) return provider;
  throw new GoDockerError('nothing tells whether this repository is on GitHub or on GitLab', {
    advice: 'say it: nx g go-docker:ci --provider=github, or --provider=gitlab',
  });
}

function pipelineOf(
  files: FileSystem,
  provider: Provider,
  said: SaidOptions,
  { targets, repository, tags, mainBranch }: WorkspaceFacts,
): Pipeline {
  const place = said.push ?? repository ?? 'none';
  if (place !== 'none' && targets.push === undefined) {
    throw new GoDockerError('the options of the plugin go-docker turn off the target that pushes images', {
      location: { file: 'nx.json' },
      advice: 'take "imagePushTargetName": false out of them, or give --push=none',
    });
  }
  const branch = said.mainBranch ?? mainBranch;
  assertPlain('--mainBranch', branch);
  Object.values(targets).forEach((name) => assertPlain('the target', name));
  return {
    provider,
    engine: said.engine ?? 'native',
    mainBranch: branch,
    packageManager: managerOf(files, said.packageManager),
    ...(place !== 'none' && {
      push: pushTarget(place, provider, { isInNxJson: said.push === undefined, tags }),
    }),
    targets,
    goVersionFile: ['go.work', 'go.mod'].find((file) => files.readFile(file) !== undefined),
    nodeVersionFile: ['.nvmrc', '.node-version'].find((file) => files.readFile(file) !== undefined),
  };
}

function managerOf(files: FileSystem, said: string | undefined): PackageManager {
  const name =
    packageManagerNames.find((each) => each === said) ??
    detectPackageManager((file) => files.readFile(file) !== undefined);
  if (name !== undefined)
    return packageManager(name, files.readFile('yarn.lock'), files.readFile('package.json'));
  throw new GoDockerError(
    'no lock file tells which package manager installs Nx: npm, pnpm, yarn or bun; nor is there Nx’s wrapper, .nx/nxw.js',
    {
      advice: 'commit the lock file, or name the package manager: --packageManager=npm',
    },
  );
}

/** It stands in expressions and commands of the pipeline: what another meaning could hide in is refused. */
function assertPlain(what: string, value: string): void {
  if (/^[\w@][\w./@+-]*$/.test(value)) return;
  throw new GoDockerError(`${what} is called "${value}", which cannot stand in a pipeline as it is`, {
    advice: 'letters, digits and . / @ + - _ can',
  });
}

function given({ engine, mainBranch, packageManager: manager, push }: PipelineRequest): SaidOptions {
  return {
    ...(engine !== undefined && { engine }),
    ...(mainBranch !== undefined && { mainBranch }),
    ...(manager !== undefined && { packageManager: manager }),
    ...(push !== undefined && { push }),
  };
}

function recorded(text: string | undefined, file: WorkspacePath): SaidOptions {
  const keys = recordedPipelineOptions(text, file);
  const engine: PipelineEngine | undefined = pipelineEngines.find((each) => each === keys.get('engine'));
  const [mainBranch, manager, push] = ['mainBranch', 'packageManager', 'push'].map((key) => keys.get(key));
  return {
    ...(engine !== undefined && { engine }),
    ...(mainBranch !== undefined && { mainBranch }),
    ...(manager !== undefined && { packageManager: manager }),
    ...(push !== undefined && { push }),
  };
}
