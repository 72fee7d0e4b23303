import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { recordedOptions } from '../../dockerfile/recorded-options';
import { airRelease } from '../../dockerfile/releases';
import { GoDockerError } from '../../errors';
import { appPorts } from '../app-ports';
import type { DevEngine, DevPlan } from '../dev-loop';
import { assertFree } from '../ports/port-in-use';
import { startLoop } from '../start-loop';
import { airProgram } from './air-program';
import { airTomlHere } from './air-toml';
import { assertGo } from './host-go';

/** Air on this machine, with its Go: no Docker needed. */
export const nativeEngine: DevEngine = {
  name: 'native',
  async start(plan, signal) {
    if (plan.debug) throw noDebugger();
    await assertGo(signal);
    const settings = airSettings(plan);
    const port = plan.port ?? appPorts(plan)[0]?.container;
    const address = port === undefined ? undefined : { host: '127.0.0.1', port };
    if (address) {
      const howToMove = 'the app itself says which one it listens on';
      await assertFree(address, { who: plan.project, howToMove, signal });
    }
    const program = await airProgram(releaseOf(plan), signal);
    const directory = mkdtempSync(join(tmpdir(), 'go-docker-air-'));
    const file = join(directory, 'air.toml');
    writeFileSync(file, settings(directory));
    return startLoop(
      {
        job: {
          kind: 'air',
          cwd: join(plan.workspaceRoot, plan.projectRoot),
          program,
          args: ['-c', file],
          directory,
        },
        env: process.env,
        addressIn: () => address,
        runningText: 'running...',
        ended: (exitCode) => airEnded(plan, exitCode),
      },
      signal,
    );
  },
};

function noDebugger(): GoDockerError {
  return new GoDockerError('option "debug" needs Docker: the debugger runs in a container', {
    advice: 'start Docker, or leave "debug" out',
  });
}

/** The settings for a session whose files lie in `directory`. */
function airSettings(plan: DevPlan): (directory: string) => string {
  const location = { file: posix.join(plan.projectRoot, '.air.toml') };
  const text = textOf(plan, '.air.toml');
  if (text === undefined) {
    throw new GoDockerError('the settings of air are missing', {
      location,
      advice: `\`nx g go-docker:setup ${plan.project}\` writes them`,
    });
  }
  const places = (directory: string) => ({ root: plan.workspaceRoot, temporary: join(directory, 'tmp') });
  return (directory) => airTomlHere(text, places(directory), location);
}

function releaseOf(plan: DevPlan): string {
  const text = textOf(plan, 'Dockerfile') ?? '';
  return recordedOptions(text, posix.join(plan.projectRoot, 'Dockerfile')).air ?? airRelease;
}

function textOf({ workspaceRoot, projectRoot }: DevPlan, name: string): string | undefined {
  const file = join(workspaceRoot, projectRoot, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function airEnded({ project, target }: DevPlan, exitCode: number | undefined): GoDockerError {
  const how = exitCode === undefined ? 'was ended' : `has ended with exit code ${exitCode}`;
  return new GoDockerError(`air ${how}`, { advice: `start it again: \`nx run ${project}:${target}\`` });
}
