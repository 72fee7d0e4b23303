import type { PushResult } from '@go-docker/oci-image';
import type { PushPlan } from './plan';

/** What was pushed, for the terminal. */
export function summary(
  { references, digest, images, blobs }: PushResult,
  plan: PushPlan,
  notes: readonly string[],
): string {
  const { sent, mounted, there } = blobs;
  const platforms = images.map(({ platform }) => platform).join(', ');
  const beside = [
    plan.sbom === 'none' ? undefined : 'SBOM',
    plan.provenance ? 'provenance' : undefined,
  ].filter(Boolean);
  return [
    ...references.map((reference) => `Pushed ${reference}  ${platforms}`),
    `  ${sent} blobs sent, ${mounted} mounted, ${there} there already${beside.length > 0 ? `; beside it: ${beside.join(', ')}` : ''}`,
    ...notes.map((note) => `  ${note}`),
    `Digest ${digest}  in ${plan.digestFile}`,
  ].join('\n');
}
