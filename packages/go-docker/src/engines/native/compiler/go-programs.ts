import type { SourceLocation } from '../../../errors';
import { refusal } from '../refusal';
import type { Programs, Started } from '../shell/run-script';
import type { WrittenCommand } from '../shell/written-commands';
import { buildArguments, type BuildArguments } from './build-arguments';
import { build } from './go-build';
import { makeDirectories } from './mkdir';
import type { RunPlace } from './run-place';

/** The programs that a RUN of a stage may start. */
export const KNOWN_PROGRAMS = ['go', 'mkdir'];

/** `go` and `mkdir` as they work on the files of a stage. They throw a GoDockerError with the place of the RUN. */
export function programsOn(place: RunPlace): Programs {
  return {
    go: (started) => runGo(started, place),
    mkdir: async ({ args, workingFolder }) => makeDirectories(args, workingFolder, place),
  };
}

/** Whether a command changes nothing here: modules are fetched by the build itself, into the module cache of this machine. */
export function leavesOut({ name, args: [command, what = ''] }: WrittenCommand): boolean {
  if (name !== 'go') return false;
  return (
    command === 'version' || command === 'env' || (command === 'mod' && /^(download|verify)$/.test(what))
  );
}

/**
 * What a `go` command builds; undefined where it is left out.
 *
 * @throws GoDockerError with the place of the RUN for other commands, and for what is not built here.
 */
export function goBuild(args: readonly string[], location: SourceLocation): BuildArguments | undefined {
  if (leavesOut({ name: 'go', args })) return undefined;
  const [command = '', ...others] = args;
  if (command === 'build') return buildArguments(others, location);
  throw refusal(`runs go build, and not go ${command}`, location);
}

async function runGo(started: Started, place: RunPlace): Promise<void> {
  const asked = goBuild(started.args, place.location);
  if (asked) await build(asked, started, place);
}
