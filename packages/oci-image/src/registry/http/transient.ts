import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, type OciImageError } from '../../errors';
import type { RetryPolicy } from '../registry-options';

/** A failure that may be gone at the next attempt. */
export class Transient extends Error {
  override readonly name = 'Transient';
  constructor(
    /** What is thrown where it is not gone. */
    readonly failure: OciImageError,
    /** Milliseconds that the registry asks to be left alone. */
    readonly afterMs?: number,
  ) {
    super(failure.message, { cause: failure });
  }
}

/** @throws The failure of the last attempt; whatever else `attempt` throws, at once. */
export async function withRetries<T>(
  policy: RetryPolicy,
  signal: AbortSignal | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let made = 1; ; made++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      if (made >= policy.attempts || (error.afterMs ?? 0) > policy.longestDelayMs) throw error.failure;
      await pause(policy, made, error.afterMs, signal);
    }
  }
}

/** Waits before the attempt that follows the given one. @throws The signal's reason. */
export async function pause(
  { delayMs, longestDelayMs }: RetryPolicy,
  made: number,
  afterMs: number | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  // By chance up to a half more: many builds that were turned away at once must not come back at once.
  const own = delayMs * 2 ** (made - 1) * (1 + Math.random() / 2);
  await sleep(Math.min(afterMs ?? own, longestDelayMs), undefined, { signal }).catch((error: unknown) => {
    throw signal?.aborted ? signal.reason : error;
  });
}

/** Errors of a connection that was there; one that is refused, or a name that nobody knows, will be so again. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNABORTED', 'ENETRESET']);

export function isBrokenConnection(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return BROKEN.has(code) || code === 'ERR_STREAM_PREMATURE_CLOSE' || code.startsWith('HPE_');
}

/**
 * @param header `Retry-After`: seconds, or a date. https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 * @param now Milliseconds since 1970.
 * @returns Milliseconds; undefined where it says nothing.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
