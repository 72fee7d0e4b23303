import { Readable } from 'node:stream';
import { type GitRun, runGit } from '../engines/git';
import { ProgramNotFound } from '../engines/program';
import { isMeantToBeRead } from '../errors';
import { readBaseline } from '../growth/read-baseline';
import type { PastImage, PastSizes } from './workspace-report';

/** What a project has committed, and where. */
export interface CommittedSizes {
  /** Name of the Nx project. */
  readonly project: string;
  /** Its image-size.json, below the workspace root. */
  readonly file: string;
}

/** How many commits of one image are shown. */
export const MOST_COMMITS = 30;

/**
 * What the commits say that changed the image-size.json of these projects, oldest first and at most {@link MOST_COMMITS} for each. Git is
 * started twice, however many projects there are.
 *
 * Where there is no git, no repository or a shallow clone there is less history, and no error: the report is about what is there now.
 *
 * @returns by project
 * @throws The signal's reason.
 */
export async function committedHistory(
  workspaceRoot: string,
  projects: readonly CommittedSizes[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly PastImage[]>> {
  const byFile = new Map(projects.map((each) => [each.file, each]));
  if (byFile.size === 0) return new Map();
  const changes = (await log(workspaceRoot, signal)).filter(({ file }) => byFile.has(file));
  const wanted = [...byFile.keys()].flatMap((file) =>
    changes.filter((change) => change.file === file).slice(0, MOST_COMMITS),
  );
  const texts = await textsOf(workspaceRoot, wanted, signal);
  const history = new Map<string, PastImage[]>();
  for (const [at, { commit, date, file }] of wanted.entries()) {
    const { project = '' } = byFile.get(file) ?? {};
    const platforms = platformsOf(texts[at], { project, file });
    if (platforms) history.set(project, [{ commit, date, platforms }, ...(history.get(project) ?? [])]);
  }
  return history;
}

interface Change {
  readonly commit: string;
  readonly date: string;
  /** Below the workspace root. */
  readonly file: string;
}

/** Every change of an image-size.json in the workspace, latest first. */
async function log(workspaceRoot: string, signal: AbortSignal): Promise<readonly Change[]> {
  const text = await git(
    [
      'log',
      '-z',
      '--relative',
      '--name-only',
      '--no-renames',
      '--format=%x01%H %cI',
      '--',
      ':(glob)**/image-size.json',
    ],
    { directory: workspaceRoot, signal },
  );
  return (text ?? '').split('\u0001').flatMap((entry) => {
    const [head = '', ...names] = entry.split('\0');
    const [commit = '', date = ''] = head.trim().split(' ');
    return names
      .map((name) => ({ commit, date, file: name.replace(/^\n/, '') }))
      .filter(({ file }) => file !== '');
  });
}

/** The texts of files as they are in commits; undefined for one that a commit has removed. */
async function textsOf(
  workspaceRoot: string,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<readonly (string | undefined)[]> {
  if (changes.length === 0) return [];
  const names = changes.map(({ commit, file }) => `${commit}:./${file}\n`);
  const output = await git(['cat-file', '--batch'], {
    directory: workspaceRoot,
    signal,
    input: Readable.from(names),
  });
  return output === undefined ? [] : batchTexts(output);
}

/**
 * The texts in what `git cat-file --batch` prints: a line before each one, whose size counts bytes and so says nothing about a text. No line of
 * JSON looks like it.
 */
function batchTexts(output: string): readonly (string | undefined)[] {
  const heads = [...output.matchAll(/^(?:[0-9a-f]{40,64} blob \d+|.* missing)\n/gm)];
  return heads.map((head, at) =>
    head[0].endsWith(' missing\n')
      ? undefined
      : output.slice(head.index + head[0].length, heads[at + 1]?.index),
  );
}

/** undefined for what this release cannot read: it does not keep the report back. */
function platformsOf(
  text: string | undefined,
  { project, file }: CommittedSizes,
): readonly PastSizes[] | undefined {
  if (text === undefined) return undefined;
  try {
    const { images } = readBaseline(text, { file, project, advice: '' });
    return Object.entries(images).map(([platform, { sizes }]) => ({
      platform,
      unpackedBytes: sizes.unpacked.totalBytes,
      compressedBytes: sizes.compressed.totalBytes,
    }));
  } catch (error) {
    if (isMeantToBeRead(error)) return undefined;
    throw error;
  }
}

/** What git prints; undefined where it cannot, or is not there. */
async function git(
  args: readonly string[],
  run: Pick<GitRun, 'directory' | 'signal' | 'input'>,
): Promise<string | undefined> {
  const output: string[] = [];
  try {
    const { exitCode } = await runGit(args, { ...run, onStdout: (text) => output.push(text) });
    return exitCode === 0 ? output.join('') : undefined;
  } catch (error) {
    if (error instanceof ProgramNotFound) return undefined;
    throw error;
  }
}
