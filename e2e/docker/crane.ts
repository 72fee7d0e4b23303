import { join } from 'node:path';
import { repository } from '../workspace/environment';
import { succeed } from '../workspace/program';

let program: string | undefined;

/** What `crane` prints: another one's view of a registry. Fails where crane does. */
export async function crane(...args: readonly string[]): Promise<string> {
  if (program === undefined) {
    const printed = await succeed(process.execPath, [join(repository, 'tools/crane.mjs')]);
    program = printed.trim().split('\n').at(-1) ?? 'crane';
  }
  return (await succeed(program, args)).trim();
}
