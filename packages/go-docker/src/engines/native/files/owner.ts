import { text } from 'node:stream/consumers';
import type { FileTree } from './file-tree';
import { resolved } from './resolve';

/** Whose a file is. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export const ROOT_OWNER: Owner = { uid: 0, gid: 0 };

/** A name that no file of the stage says the number of. */
export class UnknownName extends Error {
  override readonly name = 'UnknownName';
}

/**
 * The owner that `--chown` or USER names: numbers, or names of the stage's own `/etc/passwd` and `/etc/group`.
 * (https://docs.docker.com/reference/dockerfile/#copy---chown---chmod)
 *
 * @throws UnknownName
 */
export async function ownerOf(spec: string, tree: FileTree): Promise<Owner> {
  const [user = '', group] = spec.split(':');
  const { uid, gid } = await userOf(user, tree);
  if (group === undefined || group === '') return { uid, gid };
  return { uid, gid: isNumber(group) ? Number(group) : await groupOf(group, tree) };
}

async function userOf(user: string, tree: FileTree): Promise<Owner> {
  if (user === '') return ROOT_OWNER;
  if (isNumber(user)) return { uid: Number(user), gid: Number(user) };
  const line = await lineOf('etc/passwd', user, tree);
  return { uid: Number(line[2]), gid: Number(line[3]) };
}

async function groupOf(group: string, tree: FileTree): Promise<number> {
  return Number((await lineOf('etc/group', group, tree))[2]);
}

/** The fields of the line of a name. https://man7.org/linux/man-pages/man5/passwd.5.html */
async function lineOf(path: string, name: string, tree: FileTree): Promise<readonly string[]> {
  const node = tree.get(resolved(tree, path));
  const lines = node?.type === 'file' ? (await text(node.open())).split('\n') : [];
  const line = lines.map((each) => each.split(':')).find(([first]) => first === name);
  if (line === undefined) throw new UnknownName(`/${path} has no ${name}`);
  return line;
}

function isNumber(value: string): boolean {
  return /^\d{1,10}$/.test(value);
}
