import { GoDockerError } from '../errors';
import { imageNames } from '../push/image-names';
import type { Provider } from './provider';

/** Where a pipeline pushes images, and who it says it is. */
export interface PushTarget {
  /** With `{projectName}`; undefined where the target's own options say it. */
  readonly repository?: string;
  /** What to log in to; undefined: nobody logs in, because the registry is on this machine. */
  readonly registry?: string;
  /** Whether the pipeline's own token opens the registry, so that no secret is needed. */
  readonly isOwnRegistry: boolean;
}

/** Docker Hub, as `docker login` calls it. */
const DOCKER_HUB = 'https://index.docker.io/v1/';

/** GitLab fills it in, and nobody else. */
const GITLAB_VARIABLE = '$CI_REGISTRY_IMAGE';

/** What nx.json says of pushing. */
export interface PushDefaults {
  /** Whether it holds the repository, so that the pipeline does not repeat it. */
  readonly isInNxJson?: boolean;
  /** The tags that images get, such as `{projectName}-{version}`. */
  readonly tags?: readonly string[];
}

/**
 * @param repository Such as `ghcr.io/acme/shop/{projectName}`.
 * @throws GoDockerError for what is no name of an image, and where all images would have one name.
 */
export function pushTarget(
  repository: string,
  provider: Provider,
  { isInNxJson = false, tags = [] }: PushDefaults = {},
): PushTarget {
  const plain = provider === 'gitlab' ? withoutVariable(repository) : repository;
  const wrong = (why: string) => wrongRepository(repository, why, provider, isInNxJson);
  if (!/^[\w.:/{}@-]+$/.test(plain)) throw wrong('it has characters that no name of an image has');
  const namesProject = (text: string): boolean => text.includes('{projectName}');
  if (!namesProject(repository) && (tags.length === 0 || !tags.every(namesProject))) {
    throw wrong('all images would be pushed to one place');
  }
  // Any project serves to tell whether this is a name.
  imageNames(plain, ['tag'], { project: 'project', gitTags: [] });
  const registry = registryOf(plain);
  return {
    // In nx.json nobody would fill in the variable.
    ...((!isInNxJson || isVariable(repository)) && { repository }),
    ...(!isLoopback(registry) && { registry: isVariable(repository) ? '$CI_REGISTRY' : registry }),
    isOwnRegistry: provider === 'github' ? registry === 'ghcr.io' : isVariable(repository),
  };
}

function isVariable(repository: string): boolean {
  return repository.startsWith(`${GITLAB_VARIABLE}/`);
}

function withoutVariable(repository: string): string {
  return isVariable(repository)
    ? repository.replace(GITLAB_VARIABLE, 'registry.gitlab.com/group/project')
    : repository;
}

/** A first part without a dot or a port is a user of Docker Hub. */
function registryOf(repository: string): string {
  const [first = '', ...rest] = repository.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isHost && first !== 'docker.io' ? first : DOCKER_HUB;
}

function isLoopback(registry: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+)(:\d+)?$/.test(registry);
}

function wrongRepository(
  repository: string,
  why: string,
  provider: Provider,
  isInNxJson: boolean,
): GoDockerError {
  const example =
    provider === 'github' ? 'ghcr.io/<owner>/{projectName}' : `'${GITLAB_VARIABLE}/{projectName}'`;
  return isInNxJson
    ? new GoDockerError(`"repository" of the push target is "${repository}": ${why}`, {
        location: { file: 'nx.json' },
        advice: `write it, or each of its "tags", with a place for the project, such as ${example}; or say another one, or none, with --push`,
      })
    : new GoDockerError(`--push=${repository}: ${why}`, {
        advice: `write the repository with a place for the project, such as --push=${example}, or --push=none`,
      });
}
