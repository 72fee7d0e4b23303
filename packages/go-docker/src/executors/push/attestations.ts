import { type Layout, parseReference, type PushSubject, type Referrer } from '@go-docker/oci-image';
import { type Component, componentsOf } from '../../attestations/components';
import { cyclonedxDocument } from '../../attestations/cyclonedx';
import { imagePrograms } from '../../attestations/image-programs';
import { PREDICATE_TYPE, provenanceStatement, runOfCi } from '../../attestations/provenance';
import { spdxDocument } from '../../attestations/spdx';
import { sourceAddress } from '../../push/source-address';
import type { PushPlan } from './plan';

export interface Attestations {
  /** What is stored beside a manifest or an index. */
  readonly referrers: (subject: PushSubject) => readonly Referrer[];
  /** What they are, in words. */
  readonly kinds: readonly string[];
  /** What a person should know of them. */
  readonly notes: readonly string[];
}

/**
 * Reads the programs of the image's platforms, and says of each what it is made of; of what the tags name, where it comes from.
 *
 * @throws OciImageError for a layout that is damaged.
 */
export async function attestations(
  plan: PushPlan,
  layout: Layout,
  signal: AbortSignal,
): Promise<Attestations> {
  const components = new Map<string, readonly Component[]>();
  const notes: string[] = [];
  for (const image of plan.sbom === 'none' ? [] : layout.images) {
    const programs = await imagePrograms(layout, image, signal);
    if (programs.length > 0) components.set(image.platform, componentsOf(programs));
    else
      notes.push(
        `${image.platform}: no SBOM, because no program in the image says what it is made of (UPX takes that away)`,
      );
  }
  if (plan.source.isDirty)
    notes.push('the workspace has files that are not committed: the revision is marked as dirty');
  const repository = repositoryOf(plan);
  const kinds = [...(components.size > 0 ? ['SBOM'] : []), ...(plan.provenance ? ['provenance'] : [])];
  return {
    ...{ kinds, notes },
    referrers: (subject) => [
      ...sbomOf(subject, plan, repository, components),
      ...provenanceOf(subject, plan, repository),
    ],
  };
}

/** The first place that the image goes to names it everywhere. */
function repositoryOf({ references }: PushPlan): string {
  const { registry, repository } = parseReference(references[0] ?? '');
  return `${registry}/${repository}`;
}

/** Of sources that no commit dates: the time of the push would make it another SBOM each time. */
const NO_TIME = new Date(0);

const FORMATS = {
  spdx: { artifactType: 'application/spdx+json', write: spdxDocument },
  cyclonedx: { artifactType: 'application/vnd.cyclonedx+json', write: cyclonedxDocument },
} as const;

function sbomOf(
  { platform, digest }: PushSubject,
  { sbom, source }: PushPlan,
  repository: string,
  components: ReadonlyMap<string, readonly Component[]>,
): readonly Referrer[] {
  const own = platform === undefined ? undefined : components.get(platform);
  if (sbom === 'none' || platform === undefined || own === undefined) return [];
  const { artifactType, write } = FORMATS[sbom];
  const text = write({ repository, platform, digest }, own, source.committed ?? NO_TIME);
  return [{ artifactType, content: Buffer.from(text) }];
}

/** https://github.com/in-toto/attestation/blob/main/spec/v1/bundle.md, in the form that other tools look for beside an image. */
const IN_TOTO = 'application/vnd.in-toto+json';

function provenanceOf(
  { isTop, digest, images }: PushSubject,
  { provenance, project, source }: PushPlan,
  repository: string,
): readonly Referrer[] {
  if (!provenance || !isTop) return [];
  const text = provenanceStatement({
    ...{ project, repository, digest, images, run: runOfCi(process.env) },
    source: source.remote === undefined ? undefined : sourceAddress(source.remote),
    commit: source.isDirty ? undefined : source.commit,
  });
  const annotations = { 'in-toto.io/predicate-type': PREDICATE_TYPE };
  return [{ artifactType: IN_TOTO, content: Buffer.from(text), annotations }];
}
