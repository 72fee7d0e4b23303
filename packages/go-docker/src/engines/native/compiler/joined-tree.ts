import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { GoWorkspaceError } from '@go-docker/go-workspace';
import type { RegularNode } from '@go-docker/oci-image';
import type { BytePath } from '../files/byte-path';
import { FileTree } from '../files/file-tree';
import { ROOT_OWNER } from '../files/owner';
import { joinedWorkFiles } from './joined-work-files';

/**
 * One tree with the files of several stages, and one go.work that knows the modules of all of them. Where two have another file at one path,
 * that of the first is there.
 *
 * @param workFile Where each has its go.work; undefined: none has one.
 * @returns undefined where their go.work files do not fit together.
 */
export async function joinedTree(
  trees: readonly FileTree[],
  workFile: BytePath | undefined,
): Promise<FileTree | undefined> {
  const joined = new FileTree();
  for (const tree of trees) {
    for (const [path, node] of tree.entries()) if (!joined.get(path)) joined.set(path, node);
  }
  if (workFile === undefined) return joined;
  const work = await joinedWork(trees, workFile);
  if (work === undefined) return undefined;
  joined.set(workFile, work);
  return joined;
}

async function joinedWork(trees: readonly FileTree[], path: BytePath): Promise<RegularNode | undefined> {
  const texts = new Set<string>();
  for (const tree of trees) {
    const node = tree.get(path);
    if (node?.type !== 'file') return undefined;
    texts.add(await text(node.open()));
  }
  const joined = texts.size === 1 ? [...texts][0] : parsed([...texts]);
  if (joined === undefined) return undefined;
  const bytes = Buffer.from(joined);
  return {
    type: 'file',
    mode: 0o644,
    size: bytes.length,
    open: () => Readable.from([bytes]),
    ...ROOT_OWNER,
  };
}

/** A go.work that Go does not understand either fails where its own image is built. */
function parsed(texts: readonly string[]): string | undefined {
  try {
    return joinedWorkFiles(texts);
  } catch (error) {
    if (error instanceof GoWorkspaceError) return undefined;
    throw error;
  }
}
