import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What a build may ask for to fetch private modules, by the ids of BuildKit's secrets; `ssh` is an agent. */
export const credentialNames = ['netrc', 'ssh', 'known_hosts', 'ca'] as const;
export type CredentialName = (typeof credentialNames)[number];

/** The machine that somebody builds on, as far as credentials are concerned. */
export interface CredentialHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Whether there is something at the path that this user may read. */
  readonly isReadable: (path: string) => boolean;
}

export type FoundCredential =
  /** Absolute path of the file, or of the agent's socket; of an agent undefined where the system itself knows where it is. */
  | { readonly path: string | undefined }
  /** Why it is not there, and how it can be given: the end of a sentence that begins with its name. */
  | { readonly missing: string; readonly remedy: string };

export function thisHost(): CredentialHost {
  return { environment: process.env, home: homedir(), platform: process.platform, isReadable };
}

/** Where a credential is on a machine. Nothing of it is read. */
export function findCredential(name: CredentialName, host: CredentialHost): FoundCredential {
  switch (name) {
    case 'netrc':
      return found(netrcPath(host), host, 'write one: machine git.example.com login <user> password <token>');
    case 'ssh':
      return agent(host);
    case 'known_hosts':
      return found(
        { path: host.environment['GO_DOCKER_KNOWN_HOSTS'] || join(host.home, '.ssh', 'known_hosts') },
        host,
        'connect once with ssh, or run ssh-keyscan and compare the fingerprint',
      );
    case 'ca':
      return authority(host);
  }
}

interface Place {
  readonly path: string;
  /** The variable that names it. */
  readonly variable?: string;
}

/** As Go itself looks for it. (https://go.dev/ref/mod#private-module-proxy-auth) */
function netrcPath({ environment, home, platform }: CredentialHost): Place {
  const path = environment['NETRC'];
  if (path) return { path, variable: 'NETRC' };
  return { path: join(home, platform === 'win32' ? '_netrc' : '.netrc') };
}

function found({ path, variable }: Place, host: CredentialHost, remedy: string): FoundCredential {
  if (host.isReadable(path)) return { path };
  const named =
    variable === undefined ? `there is no ${path}` : `${variable} names ${path}, which is not there`;
  return { missing: `${named}, or it may not be read`, remedy };
}

function agent(host: CredentialHost): FoundCredential {
  const path = host.environment['SSH_AUTH_SOCK'];
  // The agent of Windows is behind a pipe whose name never changes.
  if (!path && host.platform === 'win32') return { path: undefined };
  if (path && host.isReadable(path)) return { path };
  return {
    missing: path ? `SSH_AUTH_SOCK names ${path}, where no agent is` : 'SSH_AUTH_SOCK names no agent',
    remedy: 'start one and give it the key: eval "$(ssh-agent)" && ssh-add',
  };
}

const CA_VARIABLES = ['GO_DOCKER_CA', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'] as const;

function authority(host: CredentialHost): FoundCredential {
  const remedy = 'set GO_DOCKER_CA to the PEM file of the certificate authority';
  for (const variable of CA_VARIABLES) {
    const path = host.environment[variable];
    if (path) return found({ path, variable }, host, remedy);
  }
  return { missing: `none of ${CA_VARIABLES.join(', ')} is set`, remedy };
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}
