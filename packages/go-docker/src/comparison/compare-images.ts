import { buildVariants, type VariantBuild } from './build-variants';
import type { ImageComparison } from './image-comparison';
import { measureStarts } from './measure-starts';
import { withReductions } from './reductions';
import { type ComparedBase, variantsOf } from './variants';

/** What is to be compared. */
export interface Asked {
  readonly bases: readonly ComparedBase[];
  /** Whether programs are packed by UPX, too. */
  readonly upx: boolean;
  /** How often each program is started that was packed, and its twin that was not; 0: never. */
  readonly starts: number;
}

/**
 * Builds an app on every base that is asked for, and measures images and programs.
 *
 * @throws The signal's reason.
 */
export async function compareImages(asked: Asked, build: VariantBuild): Promise<ImageComparison> {
  const { app, plan } = build;
  const results = await buildVariants(variantsOf(asked.bases, asked.upx), build);
  const { reference, variants } = withReductions(await measureStarts(results, build, asked.starts));
  return {
    version: 1,
    project: plan.project,
    platform: app.platform,
    ...(reference && { reference }),
    variants,
    notes: app.notes,
  };
}
