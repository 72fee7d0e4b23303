import { setMaxListeners } from 'node:events';

/**
 * Works on the items, a few at a time. Once one fails, the others are told to stop, and waited for.
 *
 * @param stop What `action` listens to.
 * @returns The results in the order of the items.
 * @throws The first failure.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  stop: AbortController,
  action: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const queue = items.entries();
  const workers = Array.from({ length: Math.min(limit, items.length) }, async () => {
    for (const [at, item] of queue) {
      if (failures.length > 0) return;
      try {
        results[at] = await action(item);
      } catch (error) {
        failures.push(error);
        stop.abort(error);
      }
    }
  });
  await Promise.all(workers);
  if (failures.length > 0) throw failures[0];
  return results;
}

/**
 * Runs work that can be stopped from outside and from within.
 * @param signal The one from outside; `AbortSignal.any` needs a newer Node than we do.
 */
export async function stoppable<T>(
  signal: AbortSignal | undefined,
  work: (stop: AbortController) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  // One for each request under way: more than ten are no leak.
  setMaxListeners(0, stop.signal);
  const abort = () => stop.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await work(stop);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
