import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentialsOf } from '../../compose/credentials-block';
import {
  type CredentialHost,
  type CredentialName,
  findCredential,
  thisHost,
} from '../../credentials/credentials';
import { isOurs } from '../../managed-block/managed-block';
import { GoDockerError } from '../../errors';
import type { DevPlan } from '../dev-loop';

/** Where Docker Desktop offers the agent of its user to containers; the socket of a Mac itself cannot be mounted. */
const DOCKER_DESKTOP_AGENT = '/run/host-services/ssh-auth.sock';

const VARIABLES: Readonly<Record<CredentialName, string>> = {
  netrc: 'GO_DOCKER_NETRC',
  ssh: 'GO_DOCKER_SSH_AGENT',
  known_hosts: 'GO_DOCKER_KNOWN_HOSTS',
  ca: 'GO_DOCKER_CA',
};

/**
 * The environment variables that tell compose where this machine has what fetches the private modules of an app: places, never texts.
 *
 * @throws GoDockerError that names all that are missing.
 */
export function credentialVariables(
  { project, projectRoot, workspaceRoot }: DevPlan,
  host: CredentialHost = thisHost(),
): Readonly<Record<string, string>> {
  const file = projectRoot === '.' ? 'Dockerfile' : `${projectRoot}/Dockerfile`;
  const path = join(workspaceRoot, file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const variables: Record<string, string> = {};
  const missing: string[] = [];
  for (const name of isOurs(text) ? credentialsOf(text, file) : []) {
    const variable = VARIABLES[name];
    const chosen = host.environment[variable];
    const credential = chosen ? { path: chosen } : findCredential(name, host);
    if ('missing' in credential) {
      missing.push(`  ${name}: ${credential.missing}`, `    ${credential.remedy}; or set ${variable}`);
    } else if (name === 'ssh' && !chosen && host.platform !== 'linux') {
      variables[variable] = DOCKER_DESKTOP_AGENT;
    } else if (credential.path !== undefined) variables[variable] = credential.path;
  }
  if (missing.length === 0) return variables;
  throw new GoDockerError(`${project} has private modules, and what fetches them is not here`, {
    location: { file },
    output: missing.join('\n'),
    advice: 'give what is missing as said above, then start it again',
  });
}
