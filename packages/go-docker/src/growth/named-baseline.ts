import { randomUUID } from 'node:crypto';
import { GoDockerError, isMeantToBeRead } from '../errors';
import { commitOf, type GitOptions } from './committed-file';

/** What a command of Nx says of which the answer is not for every time. */
export interface BaselineOptions {
  readonly base?: string;
  readonly update?: boolean;
  readonly advise?: boolean;
}

/**
 * The value of `BASELINE_VARIABLE` for a command.
 *
 * @param argv As `process.argv` has them.
 * @returns undefined where the answer is for every time.
 * @throws The signal's reason.
 */
export async function namedBaseline(
  argv: readonly string[],
  options: GitOptions,
): Promise<string | undefined> {
  const { base, update, advise } = baselineOptions(argv);
  if (update) return `${UPDATE}${randomUUID()}`;
  // What can be built hangs on engine and network too: what failed once must not be the answer from then on.
  const once = advise ? `${ADVISE}${randomUUID()}` : '';
  if (base === undefined) return advise ? once : undefined;
  try {
    return `${valueFor(base, await commitOf(base, options))}${once}`;
  } catch (error) {
    // The executor says what is wrong, if it is an option of one at all.
    if (isMeantToBeRead(error)) return valueFor(base, 'unknown');
    throw error;
  }
}

/**
 * Makes sure that Nx gives out the answer for no other baseline than this one.
 *
 * @param commit What `base` stands for.
 * @param value Of `BASELINE_VARIABLE`.
 * @throws GoDockerError where the option does not come from a command, so that nothing of it is in Nx's hash.
 */
export function checkIsHashed(
  { base, update }: BaselineOptions,
  commit: string | undefined,
  value: string | undefined,
): void {
  if (update && !value?.startsWith(UPDATE)) {
    throw new GoDockerError(
      'the option "update" is for the command line: from a cached run, nothing would be written',
      {
        advice: 'take it out of the configuration, and run nx run <project>:image-size --update',
      },
    );
  }
  // A commit id stands for the same commit for ever.
  if (base === undefined || commit === undefined || base === commit) return;
  if (value?.split(ADVISE)[0] === valueFor(base, commit)) return;
  throw new GoDockerError(
    `Nx does not know which commit ${JSON.stringify(base)} is, and would go on giving out what is found now when it moves`,
    { advice: `give --base on the command line of Nx, or name the commit itself: --base=${commit}` },
  );
}

const UPDATE = 'update ';
/** Behind the value for a base, where there is one: neither a name nor the id of a commit has a space in it. */
const ADVISE = ' advise ';

function valueFor(base: string, commit: string): string {
  return `${base} ${commit}`;
}

/** `nx affected` takes `--base` for itself: one that is meant for tasks stands behind `--`. */
export function baselineOptions(argv: readonly string[]): BaselineOptions {
  const words = argv.slice(2);
  const isAffected = words.find((word) => !word.startsWith('-')) === 'affected';
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  let options: BaselineOptions = {};
  for (const [at, word] of words.entries()) {
    const isBase = !isAffected || at > end;
    if (isBase && word.startsWith('--base=')) options = { ...options, base: word.slice('--base='.length) };
    else if (isBase && word === '--base') options = { ...options, base: words[at + 1] };
    else if (/^--update(=true)?$/.test(word)) options = { ...options, update: true };
    else if (/^--advise(=true)?$/.test(word)) options = { ...options, advise: true };
  }
  return options;
}
