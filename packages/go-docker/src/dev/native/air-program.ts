import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { runProgram } from '../../engines/program';
import { GoDockerError } from '../../errors';

/**
 * Absolute path of air on this machine. It is compiled once for each release, into a folder of the user's caches.
 *
 * @param release As Go names it: `v1.67.4`.
 * @throws GoDockerError where it cannot be fetched or compiled.
 */
export async function airProgram(release: string, signal: AbortSignal): Promise<string> {
  const folder = join(cacheFolder(), 'go-docker', `air-${release}`);
  const program = join(folder, process.platform === 'win32' ? 'air.exe' : 'air');
  if (!existsSync(program)) await install(release, folder, signal);
  return program;
}

/** Several may install it at once: each in a folder of its own, and the first one's is taken. */
async function install(release: string, folder: string, signal: AbortSignal): Promise<void> {
  console.log(`Installing air ${release} into ${folder}, once for all workspaces`);
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(`${folder}.`);
  try {
    const args = ['install', `github.com/air-verse/air@${release}`];
    const env = installEnvironment(unfinished);
    const { exitCode, stderr } = await runProgram('go', args, { cwd: unfinished, env, signal });
    if (exitCode !== 0) throw notInstalled(release, stderr);
    moveUnlessThere(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** The user's own settings say where modules come from; what they say about builds is for their programs, not for this one. */
function installEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GOBIN: folder,
    // Air needs a newer Go than many workspaces.
    GOTOOLCHAIN: 'auto',
    // Not empty: Go would take that of `go env -w`.
    GOFLAGS: '-buildvcs=false',
    GOWORK: 'off',
    GOOS: undefined,
    GOARCH: undefined,
  };
}

function notInstalled(release: string, output: string): GoDockerError {
  return new GoDockerError(`air ${release} could not be fetched or compiled`, {
    output: output.trim(),
    advice:
      'look at the network and at `go env GOPROXY`: air is a Go module, and is fetched once for each release',
  });
}

function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** Where the system keeps what programs can make again. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}
