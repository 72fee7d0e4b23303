import { runGit } from '../engines/git';
import type { ProgramResult } from '../engines/program';

/** What the sources of a workspace are a state of, as far as git knows. */
export interface SourceState {
  /** 40 hexadecimal digits. */
  readonly commit?: string;
  /** When it was committed. */
  readonly committed?: Date;
  /** Whether a file is other than in the commit, or new and not ignored; true, too, where git cannot say. */
  readonly isDirty: boolean;
  /** undefined where a commit is checked out that no branch is said to be at. */
  readonly branch?: string;
  /** The tags that name the commit. */
  readonly tags: readonly string[];
  /** The address that `origin` has, with whatever stands in it. */
  readonly remote?: string;
}

/**
 * Asks git. Where there is none, or no repository, nothing is known.
 *
 * @param directory Absolute path in the repository.
 * @param environment Where CI systems say which branch they have checked out.
 * @throws The signal's reason.
 */
export async function readSourceState(
  directory: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<SourceState> {
  const commit = await git('rev-parse', '--verify', 'HEAD');
  if (commit === undefined) return { isDirty: false, tags: [], branch: branchOfCi(environment) };
  const committed = await git('show', '--no-patch', '--format=%cI', 'HEAD');
  const [status, branch, tags, remote] = [
    await git('status', '--porcelain', '--untracked-files=normal'),
    await git('symbolic-ref', '--quiet', '--short', 'HEAD'),
    await git('tag', '--points-at', 'HEAD'),
    await git('remote', 'get-url', 'origin'),
  ];
  return {
    commit,
    committed: committed === undefined ? undefined : new Date(committed),
    isDirty: status !== '',
    branch: branch ?? branchOfCi(environment),
    tags: tags?.split('\n').filter(Boolean) ?? [],
    remote: remote || undefined,
  };

  /** @returns undefined where git is missing or fails. */
  async function git(...args: readonly string[]): Promise<string | undefined> {
    const run = { directory, environment, signal };
    const result: ProgramResult | undefined = await runGit(args, run).catch((error: unknown) => {
      if (signal.aborted) throw error;
      return undefined;
    });
    return result?.exitCode === 0 ? result.stdout.trim() : undefined;
  }
}

/**
 * CI systems check out a commit without its branch. GitHub (a pull request's own branch before the one that it was merged for), GitLab,
 * Bitbucket, Buildkite, CircleCI, Azure, Jenkins.
 */
function branchOfCi(environment: NodeJS.ProcessEnv): string | undefined {
  const github = environment['GITHUB_REF_TYPE'] === 'branch' ? environment['GITHUB_REF_NAME'] : undefined;
  const others = [
    'CI_COMMIT_BRANCH',
    'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME',
    'BITBUCKET_BRANCH',
    'BUILDKITE_BRANCH',
  ]
    .concat(['CIRCLE_BRANCH', 'BUILD_SOURCEBRANCHNAME', 'BRANCH_NAME'])
    .map((name) => environment[name]);
  return [environment['GITHUB_HEAD_REF'], github, ...others].find(Boolean);
}
