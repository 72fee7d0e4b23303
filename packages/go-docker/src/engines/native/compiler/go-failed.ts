import { GoDockerError, type SourceLocation } from '../../../errors';

/** @param messages What Go has written. */
export function goFailed(messages: string, location: SourceLocation): GoDockerError {
  return new GoDockerError('go build failed', { location, output: messages.trimEnd() });
}
