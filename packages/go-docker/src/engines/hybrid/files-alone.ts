import { GoDockerError, type SourceLocation } from '../../errors';
import { isHeredoc } from '../native/dockerfile/heredoc';
import { stageCalled, type Stage, type Stages } from '../native/dockerfile/stages';
import { plainOrJsonWords } from '../native/dockerfile/words';
import type { BuiltStage } from '../native/stage/built-stage';
import { assertKnownSources } from '../native/stage/known-sources';
import { neededStages } from '../native/stage/needed-stages';

/**
 * Refuses an image that takes more of a stage than files which the Dockerfile made there: the base image of that stage is not there.
 *
 * @param target The stage that becomes the image.
 * @param source The stage that was built on this machine, and what it is.
 * @throws GoDockerError with file and line.
 */
export function assertTakesFilesAlone(
  stages: Stages,
  target: Stage,
  source: { readonly stage: Stage; readonly built: BuiltStage },
): void {
  const noContext = () => false;
  const isSource = (name: string, below: Stage): boolean => stageCalled(stages, name, below) === source.stage;
  const onHost = neededStages(stages, source.stage, noContext).all;
  for (const stage of neededStages(stages, target, noContext).all) {
    if (onHost.has(stage)) continue;
    if (isSource(stage.from, stage))
      throw refusal(
        'has of this stage only files, and no image that another one can start from',
        stage.location,
      );
    for (const { keyword, flags, rest, location } of stage.instructions) {
      if (keyword === 'RUN' && (flags.get('mount') ?? []).some((mount) => isSource(fromOf(mount), stage)))
        throw refusal('of the stage that it mounts there is only what the Dockerfile made', location);
      if (!isSource(flags.get('from')?.at(-1) ?? '', stage)) continue;
      const words = plainOrJsonWords(rest).slice(0, -1);
      const plain = words.filter((word) => !isHeredoc(word) && !word.includes('$'));
      const { tree, compiler } = source.built;
      if (compiler) assertKnownSources(plain, tree, compiler.release.image, location);
    }
  }
}

const fromOf = (mount: string): string => /(?:^|,)from=([^,]*)/.exec(mount)?.[1] ?? '';

function refusal(why: string, location: SourceLocation): GoDockerError {
  return new GoDockerError(`the engine "hybrid" compiles on this machine: ${why}`, {
    location,
    advice: 'build this image with --engine=docker, which runs all stages',
  });
}
