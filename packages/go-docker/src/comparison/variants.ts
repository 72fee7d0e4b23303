import { runners, type Runner } from '../dockerfile/image-settings';

/** What an app is built on: a runner of ours, or the golang image that also compiles it. */
export type ComparedBase = Runner | 'single-stage';

/** From what is usually the largest to the smallest. */
export const comparedBases: readonly ComparedBase[] = [
  'single-stage',
  ...(['debian', 'alpine', 'distroless', 'scratch'] satisfies (typeof runners)[number][]),
];

/** `plain`: with its symbols; `stripped`: linked with `-s -w`; `upx`: stripped, and packed by UPX. */
export type ProgramKind = 'plain' | 'stripped' | 'upx';

/** One of the images that are compared. */
export interface Variant {
  readonly base: ComparedBase;
  readonly program: ProgramKind;
}

/** What is asked for, in the order it is built and shown in. */
export function variantsOf(bases: readonly ComparedBase[], upx: boolean): readonly Variant[] {
  return comparedBases
    .filter((base) => bases.includes(base))
    .flatMap((base) => {
      // Whoever packs a program has left the single stage behind.
      const programs: readonly ProgramKind[] =
        upx && base !== 'single-stage' ? ['plain', 'stripped', 'upx'] : ['plain', 'stripped'];
      return programs.map((program) => ({ base, program }));
    });
}

/** `single stage`, `alpine`. */
export function baseText(base: ComparedBase): string {
  return base.replace('-', ' ');
}

/** How a program is made, in the words of the tools that make it. */
export function programText(program: ProgramKind): string {
  return { plain: 'not stripped', stripped: '-s -w', upx: '-s -w, UPX' }[program];
}

/** `alpine, -s -w`. */
export function variantText({ base, program }: Variant): string {
  return `${baseText(base)}, ${programText(program)}`;
}
