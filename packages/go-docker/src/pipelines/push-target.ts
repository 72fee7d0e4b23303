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

/**
 * @param repository Such as `ghcr.io/acme/shop/{projectName}`.
 * @param isSaidElsewhere Whether nx.json holds it, so that the pipeline does not repeat it.
 * @throws GoDockerError for what is no name of an image, and where all images would have one name.
 */
export function pushTarget(repository: string, provider: Provider, isSaidElsewhere = false): PushTarget {
  const plain = provider === 'gitlab' ? withoutVariable(repository) : repository;
  if (!/^[\w.:/{}@-]+$/.test(plain)) {
    throw wrong(repository, 'it has characters that no name of an image has', provider);
  }
  if (!repository.includes('{projectName}')) {
    throw wrong(repository, 'all images would be pushed to one place', provider);
  }
  // Any project serves to tell whether this is a name.
  imageNames(plain, ['tag'], { project: 'project', gitTags: [] });
  const registry = registryOf(plain);
  return {
    ...(!isSaidElsewhere && { repository }),
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

function wrong(repository: string, why: string, provider: Provider): GoDockerError {
  const example =
    provider === 'github' ? 'ghcr.io/<owner>/{projectName}' : `'${GITLAB_VARIABLE}/{projectName}'`;
  return new GoDockerError(`--push=${repository}: ${why}`, {
    advice: `write the repository with a place for the project, such as --push=${example}, or --push=none`,
  });
}
