import { constants } from 'node:os';
import { isMeantToBeRead } from '../errors';
import { nxMajor } from '../nx-version';

/**
 * Runs an executor's work: failures that a person can mend are printed without a stack, and the process ends as it was told to
 * once `action` has cleaned up after an interruption.
 */
export async function runExecutor(
  action: (signal: AbortSignal) => Promise<void>,
): Promise<{ success: boolean }> {
  const interruption = awaitInterruption();
  try {
    await action(interruption.signal);
    return { success: true };
  } catch (error) {
    const name = interruption.name();
    if (name) console.error(`\nInterrupted by ${name}\n`);
    else console.error(isMeantToBeRead(error) ? `\n${error.message}\n` : error);
    return { success: false };
  } finally {
    interruption.stop();
    const name = interruption.name();
    if (name) process.exit(128 + constants.signals[name]);
  }
}

/**
 * Runs the work of an executor whose task goes on until it is ended: as {@link runExecutor}, with a result each time that `action` has one.
 * To be interrupted is how such a task ends.
 */
export async function* runContinuousExecutor<Result extends { readonly success: boolean }>(
  action: (signal: AbortSignal) => AsyncIterable<Result>,
): AsyncGenerator<Result | { success: false }> {
  const interruption = awaitInterruption();
  try {
    yield* action(interruption.signal);
  } catch (error) {
    if (interruption.name()) return;
    console.error(isMeantToBeRead(error) ? `\n${error.message}\n` : error);
    // Nx 23 takes any other end of a continuous task that nothing depends on for a success.
    if (nxMajor() === 23) process.exit(128 + constants.signals.SIGINT);
    yield { success: false };
  } finally {
    interruption.stop();
    const name = interruption.name();
    if (name) process.exit(128 + constants.signals[name]);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type Interruption = (typeof SIGNALS)[number];

/** Ctrl-C, `kill`, a closed terminal; and the end of the Nx process that forked us, which closes our channel to it. */
export function awaitInterruption(): {
  readonly signal: AbortSignal;
  name(): Interruption | undefined;
  stop(): void;
} {
  const interruption = new AbortController();
  let first: Interruption | undefined;
  const interrupt = (name: Interruption) => {
    first ??= name;
    // The terminal may be gone already: what is still written must not fail before the cleaning up is done.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    interruption.abort(new Error(`interrupted by ${name}`));
  };
  const disconnected = () => interrupt('SIGHUP');
  for (const name of SIGNALS) process.on(name, interrupt);
  process.on('disconnect', disconnected);
  return {
    signal: interruption.signal,
    /** The first signal, if there was one. */
    name: () => first,
    stop: () => {
      for (const name of SIGNALS) process.removeListener(name, interrupt);
      process.removeListener('disconnect', disconnected);
    },
  };
}
