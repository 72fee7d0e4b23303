import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'go-docker-native-';
const NAME = new RegExp(`^${PREFIX}\\d+-\\w{6}$`);

/**
 * Gives `use` a folder of its own, and removes it afterwards, also where the process ends first; what killed processes have left is
 * swept after a day. The folder is not below the workspace: Go would find its repository, its go.work and its go.mod there.
 */
export async function withWorkFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', remove);
  try {
    return await use(folder);
  } finally {
    // Others may be built by this process meanwhile.
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    process.removeListener('exit', remove);
  }
}

/** Longer than any build: whose a folder is cannot be told, as containers that share it have process ids of their own. */
const LEFT_BEHIND_MS = 24 * 60 * 60 * 1000;

function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => NAME.test(each))) {
    const folder = join(tmpdir(), name);
    try {
      if (Date.now() - lstatSync(folder).mtimeMs > LEFT_BEHIND_MS) rmSync(folder, { recursive: true });
    } catch {
      // It is another user's, or gone.
    }
  }
}
