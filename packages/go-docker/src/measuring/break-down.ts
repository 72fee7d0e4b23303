import { type BuildSetting, GoBinaryError, programSizes, readBuildInfo } from '@go-docker/go-binary';
import type { BreakDown } from './measure-image';

/** Tells what a Go program is spent on, and of one that says nothing of it, why. */
export const breakDown: BreakDown = async (program) => {
  try {
    const { main, settings } = await readBuildInfo(program);
    const { goVersion, packages, modules, unattributed } = await programSizes(program);
    return {
      goVersion,
      ...(settings.length > 0 && { isTrimmed: isTrimmed(settings) }),
      packages: packages.map(({ importPath, module, bytes }) => ({
        importPath,
        ...(module !== undefined && { module }),
        bytes,
      })),
      modules: modules.map(({ path, version, bytes }) => ({
        path,
        ...(version !== undefined && version !== '(devel)' && path !== main?.path && { version }),
        bytes,
      })),
      unattributed: unattributed.map(({ what, bytes }) => ({ what, bytes })),
    };
  } catch (error) {
    if (!(error instanceof GoBinaryError)) throw error;
    const { silence } = error;
    return { unknown: reasonOf(error, program), ...(silence && { silence }) };
  }
};

/** https://pkg.go.dev/runtime/debug#BuildSetting */
function isTrimmed(settings: readonly BuildSetting[]): boolean {
  return settings.some(({ key, value }) => key === '-trimpath' && value === 'true');
}

/** The first line of the message, without the path of the copy that was looked at. */
function reasonOf({ message }: GoBinaryError, program: string): string {
  const [reason = message] = message.replace(`${program}: `, '').split('\n');
  return reason;
}
