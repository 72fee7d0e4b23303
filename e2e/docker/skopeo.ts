import { join } from 'node:path';
import { repository } from '../workspace/environment';
import { succeed } from '../workspace/program';

/** What `skopeo` prints, which trusts what it copies as its policy file would say. Fails where skopeo does. */
export async function skopeo(...args: readonly string[]): Promise<string> {
  const printed = await succeed(process.execPath, [join(repository, 'tools/skopeo.mjs')]);
  const program = printed.trim().split('\n').at(-1) ?? 'skopeo';
  return succeed(program, ['--insecure-policy', ...args]);
}
