import { sourceAddress } from './source-address';
import type { SourceState } from './source-state';

/**
 * What a registry shows of an image's origin. https://github.com/opencontainers/image-spec/blob/v1.1.1/annotations.md
 *
 * @param own A person's own; they go before ours.
 */
export function imageAnnotations(
  { commit, isDirty, remote }: SourceState,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const source = remote === undefined ? undefined : sourceAddress(remote);
  return {
    // As BuildKit says of sources that are no longer those of the commit.
    ...(commit !== undefined && {
      'org.opencontainers.image.revision': `${commit}${isDirty ? '-dirty' : ''}`,
    }),
    ...(source !== undefined && { 'org.opencontainers.image.source': source }),
    ...own,
  };
}
