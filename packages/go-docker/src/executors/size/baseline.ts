import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isMeantToBeRead } from '../../errors';
import type { Baseline } from '../../growth/baseline';
import { BASELINE_FILE } from '../../growth/baseline-text';
import { commitOf, committedFile, type GitOptions } from '../../growth/committed-file';
import { BASELINE_VARIABLE } from '../../growth/baseline-variable';
import { type BaselineOptions, checkIsHashed } from '../../growth/named-baseline';
import { readBaseline } from '../../growth/read-baseline';
import type { BaselineSource } from '../../measuring/measured-image';
import type { Task } from '../task';

/** What an image is compared with. */
export interface FoundBaseline {
  readonly source: BaselineSource;
  /** undefined where the file is not there. */
  readonly baseline?: Baseline;
}

/**
 * Reads the baseline that the options name: image-size.json as it stands in the workspace, or as it stood at a commit.
 *
 * @throws GoDockerError where it is there and cannot be read, or where git does not know the commit; the signal's reason.
 */
export async function findBaseline(
  { project, projectRoot, target, workspaceRoot }: Task,
  options: BaselineOptions,
  signal: AbortSignal,
): Promise<FoundBaseline> {
  const file = posix.join(projectRoot, BASELINE_FILE);
  const { base: ref, update } = options;
  const text = await (ref === undefined
    ? inWorkspace(join(workspaceRoot, file))
    : atCommit(ref, file, { workspaceRoot, signal }));
  checkIsHashed(options, text.commit, process.env[BASELINE_VARIABLE]);
  const source = { file, ...(ref !== undefined && { ref }), isThere: text.content !== undefined };
  if (text.content === undefined) return { source };
  const origin =
    ref === undefined
      ? { file, project, advice: `write it anew: nx run ${project}:${target} --update` }
      : // A project that is renamed is compared with what it was under its old name.
        { file: `${file} at ${ref}`, advice: 'take another --base' };
  try {
    return { source, baseline: readBaseline(text.content, origin) };
  } catch (error) {
    // What is written anew need not be in order; that is how a merge is resolved.
    if (update && isMeantToBeRead(error)) return { source: { ...source, isThere: false } };
    throw error;
  }
}

interface FoundText {
  readonly content?: string;
  /** The one that it was read from. */
  readonly commit?: string;
}

async function inWorkspace(path: string): Promise<FoundText> {
  try {
    return { content: await readFile(path, 'utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

async function atCommit(ref: string, file: string, git: GitOptions): Promise<FoundText> {
  const commit = await commitOf(ref, git);
  return { commit, content: await committedFile(commit, file, git) };
}
