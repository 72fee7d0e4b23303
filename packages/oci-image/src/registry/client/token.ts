import { OciImageError } from '../../errors';
import { shown } from '../../shown';
import type { Credential } from '../credentials/credential';
import { allowedUrl, sendFollowing } from '../http/follow-redirects';
import { bytesBody, type HttpRequest, readBody } from '../http/http-message';
import { type Asked, connectionFailure, refusal } from './refusal';

export interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** What a registry says of the server that gives out its tokens. */
export interface TokenServer {
  /** Of a `Bearer` challenge: `realm`, `service`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The registry itself. */
  readonly registryUrl: URL;
}

export interface TokenContext {
  readonly asked: Asked;
  readonly silenceMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Fetches a token for scopes such as `repository:team/api:pull,push`.
 * https://distribution.github.io/distribution/spec/auth/token/ and, for identity tokens, https://distribution.github.io/distribution/spec/auth/oauth/
 *
 * @throws OciImageError; Transient where another attempt may help.
 */
export async function fetchToken(
  server: TokenServer,
  scopes: readonly string[],
  credential: Credential | undefined,
  context: TokenContext,
): Promise<Token> {
  const realm = realmOf(server, context.asked);
  const asking =
    credential?.kind === 'identity-token'
      ? exchange(server, realm, scopes, credential.token)
      : ask(server, realm, scopes, credential);
  const request = { ...asking, silenceMs: context.silenceMs, signal: context.signal };
  let text: string;
  try {
    // Only a form has a body, and the body is the secret.
    const response = await sendFollowing(request, request.body ? 'own-origin' : 'anywhere');
    if (response.status !== 200) throw await refusal(response, context.asked);
    text = (await readBody(response, MAX_TOKEN_BYTES)).toString('utf8');
  } catch (error) {
    throw connectionFailure(error, realm, context.asked);
  }
  return tokenIn(text, realm, context.asked);
}

const MAX_TOKEN_BYTES = 1 << 20;
const CLIENT_ID = 'go-docker';

function realmOf({ parameters, registryUrl }: TokenServer, { name }: Asked): URL {
  const { realm = '' } = parameters;
  if (!URL.canParse(realm)) {
    throw new OciImageError(`the registry names '${shown(realm)}' for its tokens, which is no address`, {
      location: { file: name },
      advice: 'see how the registry is set up',
    });
  }
  // The registry decides who gets the credentials; only the way there must be safe.
  return allowedUrl(new URL(realm), registryUrl);
}

type Asking = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>;

function ask(
  { parameters }: TokenServer,
  realm: URL,
  scopes: readonly string[],
  credential: Credential | undefined,
): Asking {
  const url = new URL(realm);
  if (parameters['service']) url.searchParams.set('service', parameters['service']);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  if (credential?.kind !== 'password') return { method: 'GET', url, headers: {} };
  url.searchParams.set('account', credential.username);
  return { method: 'GET', url, headers: { authorization: basic(credential.username, credential.password) } };
}

function exchange(
  { parameters }: TokenServer,
  url: URL,
  scopes: readonly string[],
  identityToken: string,
): Asking {
  const form = new URLSearchParams({
    ...{ grant_type: 'refresh_token', refresh_token: identityToken, client_id: CLIENT_ID },
    ...{ service: parameters['service'] ?? '', scope: scopes.join(' ') },
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', url, headers, body: bytesBody(Buffer.from(form.toString())) };
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** "For compatibility with older clients, a token should never be returned with less than 60 seconds to live." */
const DEFAULT_LIFE_SECONDS = 60;
/** A token must not end on its way. */
const MARGIN_SECONDS = 10;

function tokenIn(text: string, realm: URL, { name }: Asked): Token {
  const answer = parse(text);
  const value = answer['token'] || answer['access_token'];
  if (typeof value !== 'string' || value === '' || /[^\x21-\x7e]/.test(value)) {
    throw new OciImageError(`${realm.host} gives no token that can be read`, {
      location: { file: name },
      advice: 'see how the registry is set up',
    });
  }
  const life = Number(answer['expires_in']) || DEFAULT_LIFE_SECONDS;
  return { value, expires: Date.now() + Math.max(life - MARGIN_SECONDS, 1) * 1000 };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
