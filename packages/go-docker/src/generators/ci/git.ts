import { spawnSync } from 'node:child_process';

/** What git knows of a repository that a pipeline is for. */
export interface GitFacts {
  /** The address of the remote `origin`. */
  readonly remote?: string;
  /** The default branch of the remote, else the one that is checked out. */
  readonly branch?: string;
  /** Where the directory lies below the root of the repository, such as `web/`; undefined: it is the root. */
  readonly below?: string;
}

/** Asks git. Where there is none, or no repository, nothing is known. */
export function gitFacts(directory: string): GitFacts {
  const ofRemote = git(directory, 'symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD');
  return {
    remote: git(directory, 'remote', 'get-url', 'origin'),
    below: git(directory, 'rev-parse', '--show-prefix'),
    branch: withoutRemote(ofRemote) ?? git(directory, 'symbolic-ref', '--quiet', '--short', 'HEAD'),
  };
}

/** `origin/main` is the branch `main`. */
export function withoutRemote(branch: string | undefined): string | undefined {
  return branch?.replace(/^origin\//, '');
}

function git(cwd: string, ...args: readonly string[]): string | undefined {
  const result = spawnSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return (result.status === 0 && result.stdout.trim()) || undefined;
}
