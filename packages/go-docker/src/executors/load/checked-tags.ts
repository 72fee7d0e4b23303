import { GoDockerError } from '../../errors';
import { isImageReference } from '../../images/image-name';

/** @throws GoDockerError for a name that Docker does not take, before anything is loaded. */
export function checkedTags(tags: readonly string[]): readonly string[] {
  const wrong = tags.find((tag) => !isImageReference(tag));
  if (wrong !== undefined) {
    throw new GoDockerError(`"tags" has "${wrong}", which no image can be called`, {
      advice:
        'write it as shop/api:dev: small letters, digits and . _ - in the name, then a colon and the tag',
    });
  }
  if (tags.length === 0) throw new GoDockerError('"tags" is empty: name the image, as in ["shop/api:dev"]');
  return tags;
}
