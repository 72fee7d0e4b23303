import type { PushResult } from '@go-docker/oci-image';
import type { Attestations } from './attestations';

/** What was pushed, for the terminal. @param digestFile As a person types it. */
export function summary(
  { references, digest, images, blobs }: PushResult,
  { kinds, notes }: Pick<Attestations, 'kinds' | 'notes'>,
  digestFile: string,
): string {
  const { sent, mounted, there } = blobs;
  const platforms = images.map(({ platform }) => platform).join(', ');
  const beside = kinds.length > 0 ? `; beside it: ${kinds.join(', ')}` : '';
  return [
    ...references.map((reference) => `Pushed ${reference}  ${platforms}`),
    `  ${sent} blobs sent, ${mounted} mounted, ${there} there already${beside}`,
    ...notes.map((note) => `  ${note}`),
    `Digest ${digest}  in ${digestFile}`,
  ].join('\n');
}
