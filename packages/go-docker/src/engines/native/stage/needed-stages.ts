import { isSetting } from '../config/settings';
import { stageCalled, type Stage, type Stages } from '../dockerfile/stages';
import { refusal } from '../refusal';
import { assertKnownFlags } from './copy-instruction';
import { assertRunnable } from './run-instruction';

/** The stages of one image. */
export interface NeededStages {
  /** Those whose layers the image has: the target, and what it starts from. */
  readonly ofImage: ReadonlySet<Stage>;
  /** Those too that files are copied from. */
  readonly all: ReadonlySet<Stage>;
}

/** @param isContext Whether a name means a named build context, which comes before stages of that name. */
export function neededStages(
  stages: Stages,
  target: Stage,
  isContext: (name: string) => boolean,
): NeededStages {
  const stageOf = (name: string, below: Stage) =>
    isContext(name) ? undefined : stageCalled(stages, name, below);
  const ofImage = new Set<Stage>();
  for (let at: Stage | undefined = target; at; at = stageOf(at.from, at)) ofImage.add(at);
  const all = new Set<Stage>();
  const add = (stage: Stage): void => {
    if (all.has(stage)) return;
    all.add(stage);
    const names = [stage.from, ...stage.instructions.flatMap(({ flags }) => flags.get('from') ?? [])];
    for (const name of names) {
      const needed = stageOf(name, stage);
      if (needed) add(needed);
    }
  };
  add(target);
  return { ofImage, all };
}

/**
 * Refuses instructions that this engine does not do, before anything is fetched or compiled.
 *
 * @throws GoDockerError with file and line.
 */
export function assertSupported({ ofImage, all }: NeededStages): void {
  for (const stage of all) {
    for (const instruction of stage.instructions) {
      const { keyword, location } = instruction;
      if (keyword === 'RUN') assertRunnable(instruction, ofImage.has(stage));
      else if (['COPY', 'ADD'].includes(keyword)) assertKnownFlags(instruction);
      else if (!isSetting(keyword) && keyword !== 'WORKDIR') {
        throw refusal(`does not do ${keyword}`, location);
      }
    }
  }
}
