import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from './is-running';

/**
 * Gives `action` a folder that is gone afterwards, however it ends. What a killed process left behind is swept first.
 *
 * @param parent Absolute path; made where it is missing.
 * @param name What the folder's name begins with, after a dot.
 * @param action Told the folder's name in `parent`.
 */
export async function withTemporaryFolder<T>(
  parent: string,
  name: string,
  action: (folder: string) => Promise<T>,
): Promise<T> {
  mkdirSync(parent, { recursive: true });
  sweep(parent, name);
  const folder = `.${name}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  const remove = () => removeTree(join(parent, folder));
  process.once('exit', remove);
  try {
    mkdirSync(join(parent, folder));
    return await action(folder);
  } finally {
    process.removeListener('exit', remove);
    remove();
  }
}

function sweep(parent: string, name: string): void {
  const prefix = `.${name}.`;
  for (const each of readdirSync(parent)) {
    if (!each.startsWith(prefix)) continue;
    const pid = /^(\d+)\.[0-9a-f]{8}\.tmp$/.exec(each.slice(prefix.length))?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) removeTree(join(parent, each));
  }
}

function removeTree(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}
