import { GoDockerError, isMeantToBeRead } from '../errors';

/** Starts what may throw at once or later. */
export async function attempt<Result>(step: () => Result | Promise<Result>): Promise<Result> {
  return step();
}

/**
 * Waits for steps of which none needs another's result, so that a person who has made several mistakes reads of all at once.
 *
 * @throws GoDockerError with what all steps say that failed, in their order; the first error that is a defect of ours, or a signal's reason.
 */
export async function toldTogether<Steps extends readonly unknown[] | []>(
  steps: Steps,
): Promise<{ -readonly [At in keyof Steps]: Awaited<Steps[At]> }> {
  const outcomes = await Promise.allSettled(steps);
  const messages: string[] = [];
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    if (!isMeantToBeRead(outcome.reason)) throw outcome.reason;
    messages.push(outcome.reason.message);
  }
  if (messages.length > 1) throw new GoDockerError(messages.join('\n'));
  return Promise.all(steps);
}
