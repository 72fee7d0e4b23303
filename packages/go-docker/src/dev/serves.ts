import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from './dev-loop';

const POLL_MILLISECONDS = 200;
/** How long a connection must hold to be one with the app. */
const HOLD_MILLISECONDS = 400;

/** Resolves as soon as a server answers for the address, or `signal` is given. */
export async function whenServing(address: Address, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await serves(address))) await sleep(POLL_MILLISECONDS);
}

/**
 * Whether a server answers. Docker itself accepts connections for a published port and drops them at once where nobody listens in the
 * container: only one that holds, or brings data, is one with the app.
 */
export function serves({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const answer = (served: boolean) => {
      socket.destroy();
      resolve(served);
    };
    socket
      .once('connect', () => socket.setTimeout(HOLD_MILLISECONDS))
      .once('timeout', () => answer(true))
      .once('data', () => answer(true))
      .once('end', () => answer(false))
      .once('error', () => answer(false));
  });
}
