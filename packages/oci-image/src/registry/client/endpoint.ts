import { OciImageError } from '../../errors';
import { isLoopback } from '../http/loopback';

/** Where the API of a registry, or of a mirror of one, is. */
export interface Endpoint {
  /** Under which credentials are kept; also what people call it. */
  readonly registry: string;
  /** Scheme and host. */
  readonly base: URL;
  /** Whether nobody has said which scheme it is: on loopback it may be either. */
  readonly isSchemeOpen: boolean;
  /** What goes before a repository's name: `hub/`, or nothing. */
  readonly prefix: string;
}

/** The host behind the name under which Docker knows its own registry. */
const DOCKER_HUB_HOST = 'registry-1.docker.io';

/** @returns HTTPS for every host but this machine. */
export function endpointOf(registry: string): Endpoint {
  return endpoint(registry, registry === 'docker.io' ? DOCKER_HUB_HOST : registry, undefined, '');
}

/**
 * @param text Host and perhaps scheme and path: `mirror.example.com`, `http://127.0.0.1:5000`, `harbor.example.com/hub`.
 * @throws OciImageError for what is none, and for plain HTTP to another machine.
 */
export function mirrorEndpoint(text: string): Endpoint {
  const [, scheme, host = '', path = ''] =
    /^(?:(https?):\/\/)?([^/\s]+)((?:\/[\w.-]+)*)\/?$/.exec(text) ?? [];
  if (host === '' || !URL.canParse(`https://${host}`) || host.includes('@')) {
    throw new OciImageError(`'${text}' is no mirror of a registry`, {
      advice: 'write its host, as in mirror.example.com or harbor.example.com/hub',
    });
  }
  return endpoint(host, host, scheme, path === '' ? '' : `${path.slice(1)}/`);
}

function endpoint(registry: string, host: string, scheme: string | undefined, prefix: string): Endpoint {
  const secure = new URL(`https://${host}`);
  const isHere = isLoopback(secure.hostname);
  if (scheme === 'http' && !isHere) {
    throw new OciImageError(`plain HTTP is spoken with this machine alone, not with ${host}`, {
      advice: `let ${host} speak HTTPS`,
    });
  }
  const base = scheme === 'https' || !isHere ? secure : new URL(`http://${host}`);
  return { registry, base, isSchemeOpen: isHere && scheme === undefined, prefix };
}
