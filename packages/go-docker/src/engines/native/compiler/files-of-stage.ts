import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import type { SourceLocation } from '../../../errors';
import { runProgram, type ProgramOptions } from '../../program';
import { refusal } from '../refusal';
import { goFailed } from './go-failed';
import type { HostGo } from './host-go';
import type { HostRoot } from './host-root';

/** The go program of a release, and how it is started for a stage. */
export interface PlacedGo {
  readonly program: string;
  readonly options: ProgramOptions;
}

/** Each package that does not come with Go, with its folder and that of its module. */
const FORMAT = '{{if not .Standard}}{{.ImportPath}}\t{{.Dir}}\t{{with .Module}}{{.Dir}}{{end}}{{end}}';

/**
 * Refuses to compile packages that are neither files of the stage nor in the module cache, such as what a `replace` with an absolute
 * path, or one that leads above the root of the stage, finds on this machine.
 *
 * @param args Flags and packages of `go build`.
 * @throws GoDockerError with the place of the RUN.
 */
export async function assertOfStage(
  args: readonly string[],
  { program, options }: PlacedGo,
  { root, host, location }: { root: HostRoot; host: HostGo; location: SourceLocation },
): Promise<void> {
  // What is wrong with the packages themselves the build says.
  const list = ['list', '-e', '-deps', `-f=${FORMAT}`, ...args];
  const { exitCode, stdout, stderr } = await runProgram(program, list, options);
  if (exitCode !== 0) throw goFailed(stderr, { location, root });
  const allowed = [root.directory, host.settings['GOMODCACHE'] ?? ''].filter(Boolean).map(realPath);
  for (const line of stdout.split('\n').filter(Boolean)) {
    const [name = '', ...folders] = line.split('\t');
    const outside = folders.filter(Boolean).find((each) => !isBelow(realPath(each), allowed));
    if (outside === undefined) continue;
    throw refusal(
      `compiles no files from outside of the stage, and ${name} is in ${outside} of this machine`,
      location,
      'copy it into the stage, and have go.mod or go.work name it by a relative path below the root',
    );
  }
}

/** Whether a path is one of the folders, or lies in one. */
export function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}${sep}`));
}

/** Where links lead; a folder that is not there has none. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
