import type { SourceLocation } from '../../../errors';
import { bytesOf, cleanPath } from '../files/byte-path';
import type { FileTree } from '../files/file-tree';
import { resolved } from '../files/resolve';
import { hasWildcards } from '../files/wildcards';
import { refusal } from '../refusal';

/** What a golang image has at its root; what else is there was made by the Dockerfile. */
const OF_THE_IMAGE =
  /^(bin|boot|dev|etc|go|home|lib\d*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(\/|$)/;

/** Folders of the image that it leaves to Dockerfiles: what lies below them was made by one. */
const LEFT_TO_DOCKERFILES = /^(go\/src|home|mnt|opt|root|srv|tmp|usr\/src)\/./;

/**
 * Refuses to copy what came with the image that programs are compiled in: its files are not looked into.
 *
 * @throws GoDockerError with the place of the COPY.
 */
export function assertKnownSources(
  sources: readonly string[],
  tree: FileTree,
  image: string,
  location: SourceLocation,
): void {
  for (const source of sources) {
    const path = cleanPath(bytesOf(source));
    const node = tree.get(resolved(tree, path));
    const isKnown =
      node !== undefined &&
      (node.type !== 'directory' || !OF_THE_IMAGE.test(path) || LEFT_TO_DOCKERFILES.test(path));
    const isMade = hasWildcards(path) ? !OF_THE_IMAGE.test(path) || LEFT_TO_DOCKERFILES.test(path) : isKnown;
    if (isMade && path !== '') continue;
    throw refusal(
      `copies from this stage only what the Dockerfile made there, and ${source} came with ${image}, or is not there`,
      location,
      'copy it from another image, or from the build context',
    );
  }
}
