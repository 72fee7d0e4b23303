import { GoDockerError, type SourceLocation } from '../../errors';

const WAY_OUT = 'build this image with Docker, which runs any Dockerfile: --engine=docker';

/**
 * The error for what a Dockerfile says and this engine cannot do.
 *
 * @param what What it is, as a sentence without a full stop.
 * @param advice Another way out than Docker, as an imperative; Docker is named behind it.
 */
export function refusal(what: string, location: SourceLocation, advice?: string): GoDockerError {
  return new GoDockerError(`the engine "native" ${what}`, {
    location,
    advice: advice === undefined ? WAY_OUT : `${advice}; or ${WAY_OUT}`,
  });
}
