import { bytesOf, cleanPath, folderOf } from '../files/byte-path';
import { makeFolders } from '../files/make-folders';
import type { FileTree } from '../files/file-tree';
import type { Owner } from '../files/owner';
import { resolved } from '../files/resolve';
import { refusal } from '../refusal';
import type { SourceLocation } from '../../../errors';

/** What `mkdir` works on. */
export interface MkdirPlace {
  readonly tree: FileTree;
  readonly owner: Owner;
  readonly location: SourceLocation;
}

/**
 * `mkdir [-p] [-m MODE] FOLDER...`; folders that lie in what came with the base image, which is not looked into, are taken to be there.
 *
 * @throws GoDockerError with the place of the RUN for other options.
 */
export function makeDirectories(args: readonly string[], workingFolder: string, place: MkdirPlace): void {
  const { tree, owner, location } = place;
  const folders: string[] = [];
  let mode: number | undefined;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const [, flags, attached] = /^-(p?m|p?v?p?)([0-7]*)$/.exec(arg) ?? [];
    if (flags === undefined && !arg.startsWith('-')) folders.push(arg);
    else if (flags?.endsWith('m')) mode = octal(attached || args[++at], location);
    else if (arg.startsWith('--mode=')) mode = octal(arg.slice('--mode='.length), location);
    else if (arg !== '--parents' && !(flags && !attached))
      throw refusal(`does not run mkdir ${arg}`, location);
  }
  for (const folder of folders) {
    const path = resolved(
      tree,
      cleanPath(bytesOf(folder.startsWith('/') ? folder : `${workingFolder}/${folder}`)),
    );
    if (tree.get(path)?.type === 'directory') continue;
    makeFolders(tree, folderOf(path), owner);
    tree.set(path, { type: 'directory', mode: mode ?? 0o755, ...owner });
  }
}

function octal(text: string | undefined, location: SourceLocation): number {
  if (text !== undefined && /^[0-7]{3,4}$/.test(text)) return Number.parseInt(text, 8);
  throw refusal(`does not run mkdir -m ${text ?? ''}`, location);
}
