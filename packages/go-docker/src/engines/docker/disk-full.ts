import { statfsSync } from 'node:fs';
import { GoDockerError } from '../../errors';
import type { Build } from './build';

/**
 * The error for a command that failed because a disk is full: ours, which archives are written to, or Docker's.
 *
 * @param messages What the command told.
 * @returns undefined where no disk is full.
 */
export function diskFull({ plan, directory }: Build, messages: string): GoDockerError | undefined {
  const what = `the image of ${plan.project} was not built: no space is left on the disk of`;
  const told = /^.*no space left on device/m.exec(messages)?.[0];
  if (told?.includes(directory) || isFull(directory)) {
    return new GoDockerError(`${what} ${plan.outputPath}`, {
      advice: 'make room there and build again; the previous image is whole',
    });
  }
  if (told === undefined) return undefined;
  return new GoDockerError(`${what} Docker`, {
    output: told,
    advice: '`docker system df` shows what fills it, `docker builder prune` removes what builds have cached',
  });
}

/** Where BuildKit has told its messages to the terminal, we must look ourselves. */
function isFull(directory: string): boolean {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize < 64 * 1024;
}
