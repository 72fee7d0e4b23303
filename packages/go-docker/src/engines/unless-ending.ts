import { setTimeout } from 'node:timers/promises';

/**
 * Waits for a moment whether more is being ended than the program that has failed, before something else is tried in its place: Nx ends the leaves of
 * the tree of processes first, and only then those who have started them.
 *
 * @throws The signal's reason.
 */
export async function unlessEnding(signal: AbortSignal): Promise<void> {
  // Only an end of the waiting is told by the timer.
  await setTimeout(MOMENT_MS, undefined, { signal }).catch(() => undefined);
  signal.throwIfAborted();
}

/** Nx looks some ten times a second which processes are left. */
const MOMENT_MS = 500;
