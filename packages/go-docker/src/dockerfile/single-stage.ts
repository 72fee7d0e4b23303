import type { AppImage } from '../apps/app-image';
import type { BlockOptions } from './block-keys';
import { blockView, renderTemplate } from './blocks';
import type { LinkOptions } from './c-library';
import type { ImageSettings } from './image-settings';
import { assetTarget } from './new-dockerfile';

/**
 * A Dockerfile with one stage on the golang image, as most begin: its image keeps the toolchain, the sources and both caches of Go. It is there
 * to be compared with, and has no managed blocks.
 *
 * @throws GoDockerError where a path or name cannot stand in it, or no Go release fits.
 */
export function singleStageDockerfile(
  image: AppImage,
  { port, assets = [] }: Partial<Pick<ImageSettings, 'port' | 'assets'>>,
  options: BlockOptions & LinkOptions,
): string {
  // C code is compiled and run by one and the same image here, so that the one on Debian does.
  const view = blockView(image, { ...options, cgo: undefined, upx: false });
  const copied = assets.map((source) => ({ source, target: assetTarget(image, source) }));
  return renderTemplate('single-stage', { ...view, port, assets: copied });
}
