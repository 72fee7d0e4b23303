import type { GoDockerError } from '../errors';
import type { Address, DevLoop } from './dev-loop';
import type { KeeperJob, PublishedPort } from './keeper/job';
import { startKeeper } from './keeper/start-keeper';
import { whenServing } from './serves';

/** What an engine knows of the loop that it starts. */
export interface LoopFacts {
  readonly job: KeeperJob;
  /** The whole environment of what is started. */
  readonly env: NodeJS.ProcessEnv;
  /** Where the app serves, once its ports are known; undefined: it has none. */
  readonly addressIn: (ports: readonly PublishedPort[]) => Address | undefined;
  /** What is written when an app without a port runs. */
  readonly runningText: string;
  /** The error for a loop that ended by itself. */
  readonly ended: (exitCode: number | undefined) => GoDockerError;
}

/** Starts a loop in a keeper and passes on what it writes. */
export async function startLoop(facts: LoopFacts, signal: AbortSignal): Promise<DevLoop> {
  signal.throwIfAborted();
  const stopping = new AbortController();
  const running = textSeen(facts.runningText);
  const keeper = startKeeper(facts.job, facts.env, (text, stream) => {
    process[stream].write(text);
    running.see(text);
  });
  const stop = () => {
    stopping.abort();
    return keeper.stop();
  };
  try {
    const address = facts.addressIn(await unlessAborted(keeper.started, signal));
    const failed = keeper.ended.then((exitCode): Promise<never> => {
      if (stopping.signal.aborted) return new Promise(() => undefined);
      throw facts.ended(exitCode);
    });
    failed.catch(() => undefined);
    return { address, failed, stop, ready: address ? whenServing(address, stopping.signal) : running.seen };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Resolves as the promise does, or is rejected with the signal's reason. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Looks for a text that may come in pieces. */
function textSeen(text: string): { readonly see: (piece: string) => void; readonly seen: Promise<void> } {
  let end = '';
  let found: () => void;
  const seen = new Promise<void>((resolve) => (found = resolve));
  return {
    seen,
    see(piece) {
      end += piece;
      if (end.includes(text)) found();
      end = end.slice(-text.length);
    },
  };
}
