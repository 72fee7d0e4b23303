import { resolve } from 'node:path';
import { openLayoutFolder, type ArchivedImage } from '@go-docker/oci-image';
import { imageFor } from './base-images';

/**
 * The image of an OCI layout that a named context points at: `oci-layout://dist/base:tag` or `…@sha256:…`.
 *
 * @param workspaceRoot What a relative path starts at.
 * @throws OciImageError where there is no such layout, or no such image in it.
 */
export async function layoutImage(
  address: string,
  platform: string,
  workspaceRoot: string,
): Promise<ArchivedImage | undefined> {
  const [, folder = '', digest, tag] =
    /^oci-layout:\/\/(.+?)(?:@(sha256:[0-9a-f]{64})|:([\w][\w.-]*))?$/.exec(address) ?? [];
  const { images } = await openLayoutFolder(resolve(workspaceRoot, folder), digest ?? tag);
  return imageFor(images, platform);
}
