import { GoDockerError } from '../../errors';
import { platformOf } from '../../images/platform';

/**
 * The image to load out of those of a layout.
 *
 * @param wanted The platform a person asks for; undefined: the only one, or the daemon's.
 * @param daemon The platform that Docker runs on.
 * @throws GoDockerError that lists the platforms there are.
 */
export function chooseImage<T extends { readonly platform: string }>(
  images: readonly T[],
  wanted: string | undefined,
  daemon: string,
): T {
  const [only] = images;
  if (wanted === undefined && only !== undefined && images.length === 1) return only;
  const platform = platformOf(wanted ?? daemon) ?? wanted ?? daemon;
  const image = images.find((one) => one.platform === platform);
  if (image) return image;
  const there = images.map((one) => one.platform).join(', ');
  throw new GoDockerError(`there is no image for ${platform}, only for ${there}`, {
    advice: wanted
      ? 'give one of them as the option "platform", or build the image for this one too (option "platforms" of the image target)'
      : 'choose one of them: --platform=<platform>',
  });
}
