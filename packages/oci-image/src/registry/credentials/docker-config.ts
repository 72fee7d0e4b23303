import { OciImageError } from '../../errors';
import type { Credential } from './credential';

/** The part of Docker's `config.json` that is about registries. https://docs.docker.com/reference/cli/docker/#docker-cli-configuration-file-configjson-properties */
export interface DockerConfig {
  readonly auths: Readonly<Record<string, unknown>>;
  readonly credsStore?: string;
  readonly credHelpers: Readonly<Record<string, unknown>>;
}

/** A program that keeps credentials, and the name under which it keeps those of one registry. */
export interface CredentialHelper {
  /** `ecr-login` for the program `docker-credential-ecr-login`. */
  readonly name: string;
  readonly server: string;
}

/** @param file Named in errors. @throws OciImageError where the text is no such file. */
export function parseDockerConfig(text: string, file: string): DockerConfig {
  const whole = objectOf(parse(text, file));
  if (!whole) throw malformed(file, 'it is no JSON object');
  const credsStore = whole['credsStore'];
  if (credsStore !== undefined && typeof credsStore !== 'string')
    throw malformed(file, '"credsStore" is not a text');
  return {
    auths: section('auths'),
    credsStore: credsStore || undefined,
    credHelpers: section('credHelpers'),
  };

  function section(key: 'auths' | 'credHelpers'): Readonly<Record<string, unknown>> {
    const value = objectOf(whole?.[key] ?? {});
    if (!value) throw malformed(file, `"${key}" is not an object`);
    return value;
  }
}

/** @returns undefined where the registry's credentials stand in the file, or nowhere. */
export function helperFor(config: DockerConfig, registry: string): CredentialHelper | undefined {
  const own = serverNames(registry).find((server) => typeof config.credHelpers[server] === 'string');
  if (own !== undefined) return { name: String(config.credHelpers[own]), server: own };
  return config.credsStore ? { name: config.credsStore, server: serverOf(registry) } : undefined;
}

/** @returns What stands in the file itself. */
export function storedCredential(config: DockerConfig, registry: string): Credential | undefined {
  const server = serverNames(registry).find((name) => objectOf(config.auths[name]));
  const entry = server === undefined ? undefined : objectOf(config.auths[server]);
  if (!entry) return undefined;
  const identityToken = textOf(entry['identitytoken']);
  if (identityToken) return { kind: 'identity-token', token: identityToken };
  const registryToken = textOf(entry['registrytoken']);
  if (registryToken) return { kind: 'registry-token', token: registryToken };
  return passwordOf(entry);
}

/** What Docker calls its own registry in this file, from a time when it spoke version 1. */
const DOCKER_HUB = 'https://index.docker.io/v1/';

function serverOf(registry: string): string {
  return registry === 'docker.io' ? DOCKER_HUB : registry;
}

/** The names under which tools have written one registry, the usual one first. */
function serverNames(registry: string): readonly string[] {
  const hosts =
    registry === 'docker.io' ? ['index.docker.io', 'docker.io', 'registry-1.docker.io'] : [registry];
  const spelled = hosts.flatMap((host) => [
    host,
    ...['http', 'https'].flatMap((scheme) =>
      ['', '/', '/v1/', '/v2/'].map((path) => `${scheme}://${host}${path}`),
    ),
  ]);
  return [serverOf(registry), ...spelled];
}

function passwordOf(entry: Readonly<Record<string, unknown>>): Credential | undefined {
  const encoded = textOf(entry['auth']);
  if (encoded) {
    const decoded = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    // Docker's own tools pad with zeros.
    if (colon > 0) return password(decoded.slice(0, colon), decoded.slice(colon + 1).replace(/\0+$/, ''));
  }
  const username = textOf(entry['username']);
  return username ? password(username, textOf(entry['password']) ?? '') : undefined;
}

function password(username: string, secret: string): Credential {
  return { kind: 'password', username, password: secret };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own message may quote a password.
    throw malformed(file, 'it is not JSON');
  }
}

function malformed(file: string, what: string): OciImageError {
  return new OciImageError(`the credentials cannot be read: ${what}`, {
    location: { file },
    advice: 'correct the file, or log in anew: docker login',
  });
}
