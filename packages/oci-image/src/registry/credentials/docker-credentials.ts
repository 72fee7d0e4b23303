import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { codeOf, messageOf, OciImageError } from '../../errors';
import type { Credential, CredentialSource } from './credential';
import { askHelper } from './credential-helper';
import { helperFor, parseDockerConfig, storedCredential, type DockerConfig } from './docker-config';

/**
 * What `docker login` has written: `config.json` in the folder that DOCKER_CONFIG names, or in `~/.docker`. A credential helper goes before
 * what stands in the file itself.
 *
 * @param environment Of the credential helpers too.
 * @throws OciImageError, when it is asked, for a file that cannot be read and for a helper that fails.
 */
export function dockerCredentials(environment: NodeJS.ProcessEnv = process.env): CredentialSource {
  const folder = environment['DOCKER_CONFIG'] || join(environment['HOME'] || homedir(), '.docker');
  const file = join(folder, 'config.json');
  let config: Promise<DockerConfig> | undefined;
  const known = new Map<string, Promise<Credential | undefined>>();

  return (registry) => {
    const credential = known.get(registry) ?? find(registry);
    known.set(registry, credential);
    return credential;
  };

  async function find(registry: string): Promise<Credential | undefined> {
    config ??= readConfig(file);
    const read = await config;
    const helper = helperFor(read, registry);
    const fromHelper = helper && (await askHelper(helper, { file, environment }));
    return fromHelper ?? storedCredential(read, registry);
  }
}

async function readConfig(file: string): Promise<DockerConfig> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return { auths: {}, credHelpers: {} };
    throw new OciImageError(`the credentials cannot be read: ${messageOf(cause)}`, {
      location: { file },
      advice: 'let this user read the file, or name another folder in DOCKER_CONFIG',
      cause,
    });
  }
  return parseDockerConfig(text, file);
}
