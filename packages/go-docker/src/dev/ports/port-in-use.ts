import { createServer } from 'node:net';
import { GoDockerError } from '../../errors';
import type { Address } from '../dev-loop';
import { portHolder } from './port-holder';

/**
 * Looks whether ports of this machine are free, before anything is started.
 *
 * @param howToMove What moves the app to another port, for the advice.
 * @throws GoDockerError for the first one that is not, with who holds it where that can be seen.
 */
export async function assertFree(
  { host, port }: Address,
  { who, howToMove, signal }: { who: string; howToMove: string; signal: AbortSignal },
): Promise<void> {
  if (!(await isInUse({ host, port }))) return;
  const holder = await portHolder(port, signal);
  throw new GoDockerError(`port ${port}, which ${who} needs, is in use${holder ? ` by ${holder}` : ''}`, {
    advice: `end that program, or take another port: ${howToMove}`,
  });
}

/** Other problems are not in Docker's way: it opens privileged ports with rights of its own. */
function isInUse({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EADDRINUSE'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(false)));
  });
}
