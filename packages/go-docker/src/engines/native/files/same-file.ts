import { buffer } from 'node:stream/consumers';
import type { FileNode } from '@go-docker/oci-image';

/** Whether two nodes are files with the same bytes. They are read only where nothing else tells. */
export async function isSameFile(one: FileNode | undefined, other: FileNode | undefined): Promise<boolean> {
  if (one?.type !== 'file' || other?.type !== 'file' || one.size !== other.size) return false;
  if (one === other || (one.stamp !== undefined && one.stamp === other.stamp)) return true;
  const [bytes, others] = await Promise.all([one, other].map((node) => buffer(node.open())));
  return bytes !== undefined && others !== undefined && bytes.equals(others);
}
