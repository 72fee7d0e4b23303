import type { CredentialSource } from './credentials/credential';

/** How registries are spoken to. */
export interface RegistryOptions {
  /** Default: what `docker login` has written, see `dockerCredentials`. */
  readonly credentials?: CredentialSource;
  /**
   * What is asked before a registry, in this order, when something is read from it: `{ 'docker.io': ['mirror.example.com'] }`. A path
   * after the host goes before the repository's name (`harbor.example.com/hub`). A mirror gets no credentials but its own.
   */
  readonly mirrors?: Readonly<Record<string, readonly string[]>>;
  readonly retries?: Partial<RetryPolicy>;
  readonly timeouts?: Partial<Timeouts>;
  /** Ends everything that is under way; its reason is what is thrown. */
  readonly signal?: AbortSignal;
}

/** What is done where a registry answers 429 or 5xx, or a connection breaks. */
export interface RetryPolicy {
  /** How often a request is made at most. Default 4. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; twice as many before each further one. Default 500. */
  readonly delayMs: number;
  /** The longest `Retry-After` that is waited for, in milliseconds. Default 30,000. */
  readonly longestDelayMs: number;
}

export interface Timeouts {
  /** Milliseconds in which nothing arrives, or nothing can be sent. Default 60,000. */
  readonly silenceMs: number;
  /** As `silenceMs`, while a registry checks a blob that it has received whole. Default 300,000. */
  readonly commitMs: number;
}

const DEFAULT_RETRIES: RetryPolicy = { attempts: 4, delayMs: 500, longestDelayMs: 30_000 };
const DEFAULT_TIMEOUTS: Timeouts = { silenceMs: 60_000, commitMs: 300_000 };

export function retryPolicyOf({ retries }: RegistryOptions): RetryPolicy {
  return { ...DEFAULT_RETRIES, ...retries };
}

export function timeoutsOf({ timeouts }: RegistryOptions): Timeouts {
  return { ...DEFAULT_TIMEOUTS, ...timeouts };
}
