import { OciImageError } from '../../errors';
import { discard, type HttpRequest, type HttpResponse, send } from './http-message';
import { isLoopback } from './loopback';

const MAX_REDIRECTS = 8;

/**
 * Sends a request and follows where it is sent on to. Another host, port or scheme gets no `authorization`: registries send readers to
 * storage with an address that is proof enough.
 *
 * @param reach How far it is followed: a body that holds a secret must stay where it was sent. Default `anywhere`.
 * @throws OciImageError for a redirect to plain HTTP, from elsewhere to this machine, out of reach, or without end; what `send` throws.
 */
export async function sendFollowing(
  request: HttpRequest,
  reach: 'anywhere' | 'own-origin' = 'anywhere',
): Promise<HttpResponse> {
  let current = request;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await send(current);
    const { location } = response.headers;
    if (!isRedirect(response.status, current) || location === undefined) return response;
    discard(response);
    const url = redirectTarget(location, current.url);
    if (reach === 'own-origin' && url.origin !== request.url.origin) {
      throw refused(url, request.url, 'which must not see the secret that is sent');
    }
    current = { ...current, url, headers: headersFor(url, current) };
  }
  throw new OciImageError(`it redirects more than ${MAX_REDIRECTS} times`, {
    location: { file: request.url.host },
  });
}

/** A 301 to 303 turns what is sent into something to read, which no registry means. */
function isRedirect(status: number, { method }: HttpRequest): boolean {
  return (
    [307, 308].includes(status) || ([301, 302, 303].includes(status) && ['GET', 'HEAD'].includes(method))
  );
}

function redirectTarget(location: string, from: URL): URL {
  if (!URL.canParse(location, from.href)) {
    throw new OciImageError('it redirects to what is no address', { location: { file: from.host } });
  }
  return allowedUrl(new URL(location, from), from);
}

/** @returns The address that one place names to go on to. @throws OciImageError where it must not be asked. */
export function allowedUrl(url: URL, from: URL): URL {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refused(url, from, 'which cannot be asked');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw refused(url, from, 'where everybody on the way could read and change what is sent');
  }
  if (isLoopback(url.hostname) && !isLoopback(from.hostname)) {
    throw refused(url, from, 'which is this machine');
  }
  return url;
}

function refused(url: URL, from: URL, what: string): OciImageError {
  return new OciImageError(`it sends on to ${url.protocol}//${url.host}, ${what}`, {
    location: { file: from.host },
    advice: 'see how the registry is set up, or take another one',
  });
}

function headersFor(url: URL, { url: from, headers }: HttpRequest): Readonly<Record<string, string>> {
  if (url.origin === from.origin) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));
}
