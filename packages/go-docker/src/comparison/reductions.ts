import { type BuiltVariant, type ComparedVariant, isBuilt } from './image-comparison';
import type { Variant } from './variants';

/** The variants with what each saves of the reference, and which one that is. */
export function withReductions(variants: readonly ComparedVariant[]): {
  readonly reference?: Variant;
  readonly variants: readonly ComparedVariant[];
} {
  const reference = referenceOf(variants.filter(isBuilt));
  if (!reference) return { variants };
  const { base, program } = reference;
  return {
    reference: { base, program },
    variants: variants.map((variant) =>
      isBuilt(variant) && variant !== reference
        ? { ...variant, reduction: reductionOf(variant, reference) }
        : variant,
    ),
  };
}

type Built = Variant & BuiltVariant;

function referenceOf(built: readonly Built[]): Built | undefined {
  const singleStage = built.find(({ base, program }) => base === 'single-stage' && program === 'plain');
  if (singleStage) return singleStage;
  return [...built].sort((a, b) => unpacked(b) - unpacked(a))[0];
}

function reductionOf({ sizes }: Built, reference: Built): BuiltVariant['reduction'] {
  const saved = (kind: 'unpacked' | 'compressed') =>
    1 - sizes[kind].totalBytes / Math.max(1, reference.sizes[kind].totalBytes);
  return { unpacked: saved('unpacked'), compressed: saved('compressed') };
}

function unpacked({ sizes }: Built): number {
  return sizes.unpacked.totalBytes;
}

/** `98.7%`: never more than it is, and no less where a double has just missed a tenth of a percent. */
export function reductionText(reduction: number): string {
  const percent = Math.floor(Math.round(reduction * 1e9) / 1e6) / 10;
  return `${percent.toFixed(1)}%`;
}
