import { type BuildInfo, GoBinaryError, readBuildInfo } from '@go-docker/go-binary';
import type { Layout, LayoutImage } from '@go-docker/oci-image';
import { appFiles } from '../measuring/app-files';

/** A Go program in an image, and what its linker has written into it. */
export interface ImageProgram {
  /** As in a container: `/app`. */
  readonly path: string;
  readonly buildInfo: BuildInfo;
}

/**
 * Looks for Go programs in the layers that the Dockerfile added.
 *
 * @returns In the order of their paths. A program that a packer has changed says nothing of Go, and is not among them.
 * @throws OciImageError for a layer that is damaged; the signal's reason.
 */
export async function imagePrograms(
  layout: Layout,
  image: LayoutImage,
  signal: AbortSignal,
): Promise<readonly ImageProgram[]> {
  const files = await appFiles(layout, image, buildInfoOf, signal);
  return files
    .flatMap(({ path, program, isHidden }) => (program && !isHidden ? [{ path, buildInfo: program }] : []))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function buildInfoOf(program: string): Promise<BuildInfo | undefined> {
  try {
    return await readBuildInfo(program);
  } catch (error) {
    // A program of another language, or a packed one.
    if (error instanceof GoBinaryError) return undefined;
    throw error;
  }
}
