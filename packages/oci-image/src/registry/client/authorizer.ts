import type { Credential, CredentialSource } from '../credentials/credential';
import { type Challenge, parseChallenges } from './challenge';
import type { Endpoint } from './endpoint';
import { basic, fetchToken, type Token, type TokenContext } from './token';

/** What a request to one registry says in its `authorization` header. */
export class Authorizer {
  private challenge: Challenge | undefined;
  private readonly tokens = new Map<string, Promise<Token>>();

  constructor(
    private readonly endpoint: Endpoint,
    private readonly credentials: CredentialSource,
  ) {}

  /** Learns from an answer how the registry wants to be asked. @returns Whether there is such a way. */
  learn(header: string | undefined): boolean {
    const known = parseChallenges(header ?? '').filter(({ scheme }) => ['bearer', 'basic'].includes(scheme));
    const challenge = known.find(({ scheme }) => scheme === 'bearer') ?? known[0];
    if (challenge) this.challenge = challenge;
    return challenge !== undefined;
  }

  /** Forgets the token that a registry has refused, unless another one has taken its place already. */
  async forget(scopes: readonly string[], refused: string | undefined): Promise<void> {
    const key = scopes.join(' ');
    const kept = this.tokens.get(key);
    const value = await kept?.then((token) => token.value);
    if (this.tokens.get(key) === kept && refused === `Bearer ${value}`) this.tokens.delete(key);
  }

  async isLoggedIn(): Promise<boolean> {
    return (await this.credentials(this.endpoint.registry)) !== undefined;
  }

  /** @returns undefined where the registry wants to know nothing, or nobody has logged in. */
  async header(scopes: readonly string[], context: TokenContext): Promise<string | undefined> {
    if (!this.challenge) return undefined;
    const credential = await this.credentials(this.endpoint.registry);
    if (credential?.kind === 'registry-token') return `Bearer ${credential.token}`;
    if (this.challenge.scheme === 'basic') {
      return credential?.kind === 'password' ? basic(credential.username, credential.password) : undefined;
    }
    return `Bearer ${await this.token(this.challenge, scopes, credential, context)}`;
  }

  private async token(
    { parameters }: Challenge,
    scopes: readonly string[],
    credential: Credential | undefined,
    context: TokenContext,
  ): Promise<string> {
    const key = scopes.join(' ');
    for (let kept = this.tokens.get(key); kept; kept = this.tokens.get(key)) {
      const { value, expires } = await kept;
      if (expires > Date.now()) return value;
      // Whoever sees first that it is over fetches the next one for all.
      if (this.tokens.get(key) === kept) this.tokens.delete(key);
    }
    const token = fetchToken({ parameters, registryUrl: this.endpoint.base }, scopes, credential, context);
    this.tokens.set(key, token);
    token.catch(() => this.tokens.delete(key));
    return (await token).value;
  }
}
