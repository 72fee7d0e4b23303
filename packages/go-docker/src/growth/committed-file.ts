import { runGit } from '../engines/git';
import { ProgramNotFound, type ProgramResult } from '../engines/program';
import { GoDockerError } from '../errors';

/** Git, in the folder of a workspace. */
export interface GitOptions {
  /** Absolute path. */
  readonly workspaceRoot: string;
  readonly signal: AbortSignal;
}

/**
 * The commit that a ref stands for: a branch, a tag, `HEAD~1`, a commit id.
 *
 * @returns 40 or 64 hexadecimal digits.
 * @throws GoDockerError where there is no git, no repository or no such commit; the signal's reason.
 */
export async function commitOf(ref: string, options: GitOptions): Promise<string> {
  // What begins with a dash would be an option; a colon would name a file, and braces around nothing the state of a branch at a time.
  if (!/^[^-\s:][^\s:]*$/.test(ref)) {
    throw new GoDockerError(`--base: ${JSON.stringify(ref)} is no name of a commit`, {
      advice: 'name a branch, a tag or a commit, such as --base=main',
    });
  }
  const found = await git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], options);
  if (found.exitCode === 0) return found.stdout.trim();
  throw await noSuchCommit(ref, options);
}

/**
 * Reads a file as it is in a commit.
 *
 * @param file Below the workspace root, which need not be the root of the repository.
 * @returns undefined where the commit does not have it.
 * @throws GoDockerError where git cannot read it; the signal's reason.
 */
export async function committedFile(
  commit: string,
  file: string,
  options: GitOptions,
): Promise<string | undefined> {
  const listed = await git(['ls-tree', '-z', commit, '--', file], options);
  if (listed.exitCode === 0 && listed.stdout === '') return undefined;
  const shown = await git(['cat-file', 'blob', `${commit}:./${file}`], options);
  if (shown.exitCode === 0) return shown.stdout;
  throw new GoDockerError(`git cannot read ${file} at ${commit.slice(0, 12)}`, {
    output: shown.stderr,
    advice: 'run git fetch, or take another --base',
  });
}

async function noSuchCommit(ref: string, options: GitOptions): Promise<GoDockerError> {
  const shallow = await git(['rev-parse', '--is-shallow-repository'], options);
  if (shallow.exitCode !== 0) {
    return new GoDockerError('--base: the workspace is in no git repository that can be read', {
      output: shallow.stderr,
      advice: 'leave --base out: then image-size.json counts as it stands in the workspace',
    });
  }
  if (shallow.stdout.trim() === 'true') {
    return new GoDockerError(
      `--base: there is no commit ${JSON.stringify(ref)} in this clone, which is shallow`,
      {
        advice: 'fetch it, such as with git fetch --depth=1 origin main; or clone all of it (fetch-depth: 0)',
      },
    );
  }
  return new GoDockerError(`--base: there is no commit ${JSON.stringify(ref)} in this repository`, {
    advice: 'correct the name, or fetch the branch: git fetch origin',
  });
}

async function git(args: readonly string[], { workspaceRoot, signal }: GitOptions): Promise<ProgramResult> {
  try {
    return await runGit(args, { directory: workspaceRoot, signal });
  } catch (cause) {
    if (!(cause instanceof ProgramNotFound)) throw cause;
    throw new GoDockerError('--base asks git, and there is no git on the PATH', {
      advice: 'install git, or leave --base out: then image-size.json counts as it stands in the workspace',
      cause,
    });
  }
}
