import type { Bytes } from '../../blobs/digest';
import { dockerCredentials } from '../credentials/docker-credentials';
import { sendFollowing } from '../http/follow-redirects';
import { discard, type HttpBody, type HttpRequest, type HttpResponse, readBody } from '../http/http-message';
import { isBrokenConnection, withRetries } from '../http/transient';
import {
  type RegistryOptions,
  retryPolicyOf,
  type RetryPolicy,
  type Timeouts,
  timeoutsOf,
} from '../registry-options';
import { Authorizer } from './authorizer';
import type { Endpoint } from './endpoint';
import { type Asked, connectionFailure, isUntrusted, refusal } from './refusal';

/** One request to a registry. */
export interface RegistryRequest {
  readonly method: HttpRequest['method'];
  /** Below `/v2/<repository>/`; or an address that the registry has given, which is asked as it is. */
  readonly to: string | URL;
  /** Without the prefix of a mirror. */
  readonly repository: string;
  readonly access: 'pull' | 'pull,push';
  /** A repository of the same registry that is read as well. */
  readonly alsoPull?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: HttpBody;
  /** Statuses that are an answer; any other is a refusal. */
  readonly expect: readonly number[];
  /** Milliseconds; the client's `silenceMs` where it is not said. */
  readonly silenceMs?: number;
}

/** One registry, or one mirror, spoken to with the credentials of its own. */
export class RegistryClient {
  readonly timeouts: Timeouts;
  readonly retries: RetryPolicy;
  readonly signal: AbortSignal | undefined;
  private readonly authorizer: Authorizer;
  private greeting: Promise<URL> | undefined;

  constructor(
    readonly endpoint: Endpoint,
    options: RegistryOptions,
  ) {
    this.timeouts = timeoutsOf(options);
    this.retries = retryPolicyOf(options);
    this.signal = options.signal;
    this.authorizer = new Authorizer(endpoint, options.credentials ?? dockerCredentials());
  }

  /** @throws OciImageError for a refusal, an unreachable registry or one that is silent, after as many attempts as are allowed. */
  request(request: RegistryRequest): Promise<HttpResponse> {
    return withRetries(this.retries, this.signal, () => this.once(request));
  }

  /** As {@link request}, with the answer read as a whole. @throws OciImageError too for more than `most` bytes. */
  document(request: RegistryRequest, most: Bytes): Promise<{ response: HttpResponse; bytes: Buffer }> {
    return withRetries(this.retries, this.signal, async () => {
      const response = await this.once(request);
      try {
        return { response, bytes: await readBody(response, most) };
      } catch (error) {
        throw await this.explain(error, request, response.url);
      }
    });
  }

  /** A single attempt. @throws Transient where another one may help; OciImageError. */
  async once(request: RegistryRequest): Promise<HttpResponse> {
    const asked = await this.asked(request);
    const url = await this.urlOf(request, asked);
    try {
      const response = await this.authorized(request, url, asked);
      if (!request.expect.includes(response.status)) throw await refusal(response, asked);
      return response;
    } catch (error) {
      throw connectionFailure(error, url, asked);
    }
  }

  /** @returns What to throw for an error that came while an answer was read. */
  async explain(error: unknown, request: Pick<RegistryRequest, 'repository'>, url: URL): Promise<unknown> {
    return connectionFailure(error, url, await this.asked(request));
  }

  private async asked({ repository }: Pick<RegistryRequest, 'repository'>): Promise<Asked> {
    const { registry, prefix } = this.endpoint;
    return {
      name: `${registry}/${prefix}${repository}`,
      registry,
      isLoggedIn: await this.authorizer.isLoggedIn(),
    };
  }

  private async urlOf({ to, repository }: RegistryRequest, asked: Asked): Promise<URL> {
    const base = await this.greet(asked);
    return to instanceof URL ? to : new URL(`/v2/${this.endpoint.prefix}${repository}/${to}`, base);
  }

  private async authorized(request: RegistryRequest, url: URL, asked: Asked): Promise<HttpResponse> {
    const base = await this.greet(asked);
    const context = { asked, silenceMs: this.timeouts.silenceMs, signal: this.signal };
    const scopes = this.scopesOf(request);
    // Uploads may go elsewhere; whoever that is has no use for what the registry's own token opens.
    const isOwn = url.origin === base.origin;
    for (let isSecond = false; ; isSecond = true) {
      const authorization = isOwn ? await this.authorizer.header(scopes, context) : undefined;
      const response = await this.send(request, url, authorization);
      const mayLearn = response.status === 401 && isOwn && response.url.origin === base.origin;
      if (isSecond || !mayLearn || !this.authorizer.learn(response.headers['www-authenticate']))
        return response;
      discard(response);
      await this.authorizer.forget(scopes, authorization);
    }
  }

  private send(
    { method, headers = {}, body, silenceMs = this.timeouts.silenceMs }: RegistryRequest,
    url: URL,
    authorization?: string,
  ): Promise<HttpResponse> {
    const all = {
      'user-agent': 'go-docker',
      ...headers,
      ...(authorization === undefined ? {} : { authorization }),
    };
    return sendFollowing({ method, url, headers: all, body, silenceMs, signal: this.signal });
  }

  private scopesOf({ repository, access, alsoPull }: RegistryRequest): readonly string[] {
    const { prefix } = this.endpoint;
    const own = `repository:${prefix}${repository}:${access}`;
    return alsoPull === undefined ? [own] : [own, `repository:${prefix}${alsoPull}:pull`];
  }

  /**
   * Asks once how the registry wants to be asked, so that no large body is sent in vain.
   * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#determining-support
   */
  private greet(asked: Asked): Promise<URL> {
    const greeting = this.greeting ?? withRetries(this.retries, this.signal, () => this.firstWords(asked));
    this.greeting = greeting;
    greeting.catch(() => (this.greeting = undefined));
    return greeting;
  }

  private async firstWords(asked: Asked): Promise<URL> {
    const { base, isSchemeOpen } = this.endpoint;
    const secure = new URL(`https://${base.host}`);
    try {
      const status = await this.ask(base, asked);
      // What a server that speaks TLS says to plain HTTP.
      if (!isSchemeOpen || status !== 400) return base;
      await this.ask(secure, asked);
      return secure;
    } catch (error) {
      if (!isSchemeOpen || !isBrokenConnection(error)) throw connectionFailure(error, base, asked);
      // Another one ends the connection; one that only stumbled speaks no TLS, and is asked again.
      const refused = await this.ask(secure, asked).then(
        () => undefined,
        (other: unknown) => (isUntrusted(other) ? other : error),
      );
      if (refused !== undefined) throw connectionFailure(refused, base, asked);
      return secure;
    }
  }

  private async ask(base: URL, asked: Asked): Promise<number> {
    const response = await sendFollowing({
      ...{ method: 'GET', url: new URL('/v2/', base), headers: { 'user-agent': 'go-docker' } },
      ...{ silenceMs: this.timeouts.silenceMs, signal: this.signal },
    });
    const { status, headers, url } = response;
    if (status === 429 || status >= 500) throw await refusal(response, asked);
    discard(response);
    // Whoever a registry sends on to must not choose who gets its credentials.
    if (status === 401 && url.origin === base.origin) this.authorizer.learn(headers['www-authenticate']);
    return status;
  }
}
