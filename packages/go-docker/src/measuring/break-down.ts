import { GoBinaryError, readBuildInfo } from '@go-docker/go-binary';
import type { BreakDown } from './measure-image';

/** Tells what a Go program is spent on, and of one that says nothing of it, why. */
export const breakDown: BreakDown = async (program) => {
  try {
    const { goVersion } = await readBuildInfo(program);
    return { unknown: `the packages of a program of ${goVersion} are not read yet` };
  } catch (error) {
    if (error instanceof GoBinaryError) return { unknown: reasonOf(error, program) };
    throw error;
  }
};

/** The first line of the message, without the path of the copy that was looked at. */
function reasonOf({ message }: GoBinaryError, program: string): string {
  const [reason = message] = message.replace(`${program}: `, '').split('\n');
  return reason;
}
