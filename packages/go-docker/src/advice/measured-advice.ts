import { buildVariant, type VariantBuild } from '../comparison/build-variants';
import { isBuilt } from '../comparison/image-comparison';
import { whyLeftOut } from '../comparison/left-out';
import type { PlatformSizes } from '../measuring/measured-image';
import { type Alternative, alternativesOf } from './alternatives';

/** An alternative that was built, or why it was not. */
export type MeasuredAdvice = Pick<Alternative, 'what' | 'means'> &
  ({ readonly sizes: PlatformSizes } | { readonly problem: string });

/**
 * Builds every alternative to the image of an app. One that cannot be built keeps no other back.
 *
 * @throws The signal's reason.
 */
export async function measuredAdvice(build: VariantBuild): Promise<readonly MeasuredAdvice[]> {
  const advice: MeasuredAdvice[] = [];
  for (const { what, means, app, variant } of alternativesOf(build.app)) {
    const left = whyLeftOut(variant, build.engine.name);
    if (left !== undefined) {
      advice.push({ what, means, problem: left });
      continue;
    }
    build.tell(`building with ${what}`);
    const result = await buildVariant(variant, { ...build, app });
    advice.push(
      isBuilt(result.variant)
        ? { what, means, sizes: result.variant.sizes }
        : { what, means, problem: result.variant.reason },
    );
  }
  return advice;
}
