import { GoDockerError, type SourceLocation } from '../errors';
import type { ImageSettings } from './image-settings';

/** An address that Git takes another one for. (https://git-scm.com/docs/git-config, url.<base>.insteadOf) */
export interface Rewrite {
  readonly from: string;
  readonly to: string;
}

/** What a stage needs to fetch private modules, as the templates write it. */
export interface ModuleAccess {
  /** Value of GOPRIVATE; empty where nothing is private. */
  readonly goPrivate: string;
  /** What Git asks a host for in place of an address of https; none without ssh. */
  readonly rewrites: readonly Rewrite[];
  /** Mounts of a `RUN` that fetches modules. They end with it: no layer and no cache export holds what was mounted. */
  readonly mounts: readonly string[];
  /** Mounts of a `RUN` that installs a public tool, which never comes by ssh. */
  readonly toolMounts: readonly string[];
  /** Lines of shell that such a `RUN` begins with. */
  readonly prelude: readonly string[];
  readonly usesSsh: boolean;
  readonly usesCa: boolean;
  /** What a container does first that is to trust the authority as long as it runs. */
  readonly joinAuthorities: string;
}

/** Where Go, which reads every file of this folder, finds the certificate authority. (https://pkg.go.dev/crypto/x509#SystemCertPool) */
const caFile = '/etc/ssl/certs/go-docker-ca.pem';

const MOUNTS = {
  netrc: '--mount=type=secret,id=netrc,target=/root/.netrc,required',
  ssh: '--mount=type=ssh,required',
  // Not below a home folder: ssh looks here whoever it runs as.
  knownHosts: '--mount=type=secret,id=known_hosts,target=/etc/ssh/ssh_known_hosts,required',
  ca: `--mount=type=secret,id=ca,target=${caFile},required`,
  scratch: '--mount=type=tmpfs,target=/run/go-docker',
};

/** Git takes one file: the public authorities have to be in it too, or public hosts would no longer be trusted. */
function joinAuthorities(target: string): string {
  return `cat /etc/ssl/certs/ca-certificates.crt ${caFile} > ${target}`;
}

/**
 * How the modules of these options are fetched.
 *
 * @param location The Dockerfile, for errors.
 * @throws GoDockerError where ssh is asked for and no host is named that it could be used for.
 */
export function moduleAccess(
  { private: patterns = [], auth = [], ca = false }: Pick<Partial<ImageSettings>, 'private' | 'auth' | 'ca'>,
  location: SourceLocation,
): ModuleAccess {
  const usesSsh = auth.includes('ssh');
  const rewrites = usesSsh ? sshRewrites(patterns, location) : [];
  const netrc = auth.includes('netrc') ? [MOUNTS.netrc] : [];
  const authority = ca ? [MOUNTS.ca, MOUNTS.scratch] : [];
  return {
    goPrivate: patterns.join(','),
    rewrites,
    mounts: [...netrc, ...(usesSsh ? [MOUNTS.ssh, MOUNTS.knownHosts] : []), ...authority],
    toolMounts: [...netrc, ...authority],
    prelude: ca
      ? [`${joinAuthorities('/run/go-docker/ca.pem')};`, 'export GIT_SSL_CAINFO=/run/go-docker/ca.pem;']
      : [],
    usesSsh,
    usesCa: ca,
    joinAuthorities: joinAuthorities('/tmp/go-docker-ca.pem'),
  };
}

/** @throws GoDockerError where this is no pattern of GOPRIVATE. */
export function assertPrivatePattern(pattern: string, location?: SourceLocation): void {
  if (/^[A-Za-z0-9*?[][A-Za-z0-9*?[\]._~/-]*$/.test(pattern)) return;
  throw new GoDockerError(`${JSON.stringify(pattern)} is not a pattern of module paths`, {
    location,
    advice: 'Write it as GOPRIVATE takes it: git.example.com/*, *.example.com.',
  });
}

/** Go asks for https; Git turns that into ssh for the private modules and nothing else. */
function sshRewrites(patterns: readonly string[], location: SourceLocation): readonly Rewrite[] {
  if (patterns.length === 0) {
    throw new GoDockerError('auth=ssh says how private modules are fetched, and none is private', {
      location,
      advice: 'name them as well: nx g go-docker:setup <project> --private=git.example.com/* --auth=ssh',
    });
  }
  const prefixes = new Set(patterns.map((pattern) => literalPrefix(pattern, location)));
  return [...prefixes].map((prefix) => ({ from: `https://${prefix}`, to: `ssh://git@${prefix}` }));
}

/** The part of a pattern without wildcards: `git.example.com/acme/*` is everything below `git.example.com/acme/`. */
function literalPrefix(pattern: string, location: SourceLocation): string {
  const elements = pattern.replace(/\/+$/, '').split('/');
  const wildcard = elements.findIndex((element) => /[*?[]/.test(element));
  if (wildcard === 0) {
    throw new GoDockerError(`auth=ssh cannot tell which hosts "${pattern}" means`, {
      location,
      advice: 'name each host in private=, such as private=git.example.com/*,github.com/acme/*',
    });
  }
  const literal = wildcard < 0 ? elements : elements.slice(0, wildcard);
  return literal.join('/') + (wildcard > 0 || literal.length === 1 ? '/' : '');
}
