import type { EngineName } from '../engines/engine';
import type { Variant } from './variants';

/** Why an engine does not build a variant, as a sentence without a full stop; undefined where it does. */
export function whyLeftOut({ base, program }: Variant, engine: EngineName): string | undefined {
  if (engine === 'docker') return undefined;
  if (base === 'single-stage') {
    return `a single stage keeps the files of the golang image, which the engine "${engine}" does not look into; --engine=docker builds it`;
  }
  if (program === 'upx') {
    return `UPX runs in the builder stage, and the engine "${engine}" compiles on this machine; --engine=docker packs it`;
  }
  return undefined;
}
