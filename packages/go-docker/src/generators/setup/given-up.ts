import type { WorkspacePath } from '@go-docker/go-workspace';
import { type OwnRunner, ownRunner } from '../../comparison/own-runner';
import { extraStages } from '../../dockerfile/image-settings';
import { zoneTags } from '../../dockerfile/new-dockerfile';
import { type RecordedOptions, recordedOptions } from '../../dockerfile/recorded-options';
import { isMeantToBeRead } from '../../errors';
import { isOurs, managedBlocks } from '../../managed-block/managed-block';
import type { SetupRequest } from './options';

interface Facts {
  readonly recorded: RecordedOptions;
  readonly runner: OwnRunner;
  readonly blocks: readonly string[];
}

/** What each option says of a Dockerfile: its value, or `''` where it has none; undefined where it is not used. */
const OPTIONS: readonly (readonly [keyof SetupRequest, (facts: Facts) => string | undefined])[] = [
  ['port', ({ runner }) => runner.port?.toString()],
  ['assets', ({ runner }) => list(runner.assets)],
  ['healthcheck', ({ runner }) => runner.healthcheck],
  ['goVersion', ({ recorded }) => recorded.goVersion],
  ['depsCache', ({ recorded }) => (recorded.depsCache === 'mount' ? 'mount' : undefined)],
  ['platforms', ({ recorded }) => list(recorded.platforms)],
  ['cgo', ({ recorded }) => (recorded.cgo ? '' : undefined)],
  ['upx', ({ recorded }) => (recorded.upx ? '' : undefined)],
  ['private', ({ recorded }) => list(recorded.private)],
  ['auth', ({ recorded }) => list(recorded.auth)],
  ['ca', ({ recorded }) => (recorded.ca ? '' : undefined)],
];

/**
 * A note on what a Dockerfile of ours had and the one that is written in its place has not, in the words of the options that bring it back.
 * None where nothing is lost, or the old one cannot be read.
 *
 * @param request What was said now counts as meant, also where it takes something away.
 */
export function notesOnGivenUp(
  before: string,
  after: string,
  dockerfile: WorkspacePath,
  request: SetupRequest,
): readonly string[] {
  if (!isOurs(before)) return [];
  const was = factsWhereReadable(before, dockerfile);
  if (was === undefined) return [];
  const is = factsOf(after, dockerfile);
  const options = OPTIONS.flatMap(([option, valueIn]) => {
    const value = valueIn(was);
    const isLost = value !== undefined && valueIn(is) === undefined && request[option] === undefined;
    return isLost ? [`--${option}${value === '' ? '' : `=${quoted(value)}`}`] : [];
  });
  const stages = extraStages.filter((stage) => was.blocks.includes(stage) && !is.blocks.includes(stage));
  const known = [...(is.recorded.tags ?? []), ...zoneTags('scratch')];
  const tags = (was.recorded.tags ?? []).filter((tag) => !known.includes(tag));
  const lost = [
    [...options, ...(stages.length === 0 ? [] : [`--stages=${stages.join(',')}`])].join(' '),
    tags.length === 0 ? '' : `tags=${tags.join(',')} in the first line of the block "builder"`,
  ].filter((each) => each !== '');
  if (lost.length === 0) return [];
  return [
    `${dockerfile} is written anew from the options of this command; the old one had besides: ${lost.join(', and ')}`,
  ];
}

/** To write it anew may be the way out. */
function factsWhereReadable(text: string, dockerfile: WorkspacePath): Facts | undefined {
  try {
    return factsOf(text, dockerfile);
  } catch (error) {
    if (isMeantToBeRead(error)) return undefined;
    throw error;
  }
}

function factsOf(text: string, dockerfile: WorkspacePath): Facts {
  return {
    recorded: recordedOptions(text, dockerfile),
    runner: ownRunner(text, dockerfile, 'runner'),
    blocks: managedBlocks(text, dockerfile).map(({ name }) => name),
  };
}

function list(values: readonly string[] | undefined): string | undefined {
  return values?.length ? values.join(',') : undefined;
}

/** Modules are named with `*`, which a shell takes for its own. */
function quoted(value: string): string {
  return /^[\w./,:@+-]+$/.test(value) ? value : `'${value}'`;
}
