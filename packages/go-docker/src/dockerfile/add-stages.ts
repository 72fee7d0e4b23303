import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';
import { managedBlocks } from '../managed-block/managed-block';
import { blockNames, listed, type BlockName } from './block-keys';
import { readDockerfile } from './read-dockerfile';

/** Blocks that are whole stages. */
export type StageBlock = Extract<BlockName, 'test' | 'debug' | 'dev'>;

/**
 * A Dockerfile with the blocks of the named stages, each after the stages that blocks come after: below all lines of the stage before
 * it, above the comment of the stage behind it. A block that is there stays where it is, and so does every other line.
 *
 * @param blocks Texts of the blocks, with both markers.
 * @throws GoDockerError where a stage of that name is the user's own, or the stages are missing that it starts from.
 */
export function withStages(
  text: string,
  file: WorkspacePath,
  stages: readonly StageBlock[],
  blocks: Readonly<Record<StageBlock, string>>,
): string {
  return blockNames
    .flatMap((name) => stages.find((stage) => stage === name) ?? [])
    .reduce((current, name) => withStage(current, file, name, blocks[name]), text);
}

function withStage(text: string, file: WorkspacePath, name: StageBlock, block: string): string {
  if (managedBlocks(text, file).some((each) => each.name === name)) return text;
  const { stages } = readDockerfile(text, file);
  const own = stages.find((stage) => stage.name === name);
  if (own) throw ownStage(name, { file, line: own.line });
  const before = blockNames.slice(0, blockNames.indexOf(name));
  const at = stages.findLastIndex((stage) => before.some((each) => each === stage.name));
  if (at < 0) throw nothingBefore(name, file, before);

  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const added = block.trimEnd().split('\n');
  const lines = text.split(/\r?\n/);
  const next = stages[at + 1]?.line;
  if (next === undefined) return `${text.trimEnd()}${lineEnd}${lineEnd}${added.join(lineEnd)}${lineEnd}`;
  const kept = linesOf(text);
  const index = firstLineOf(lines, next);
  const above = lines[index - 1]?.trim() === '' ? [] : [lineEnd];
  kept.splice(index, 0, ...above, ...added.map((line) => line + lineEnd), lineEnd);
  return kept.join('');
}

/** With their line ends. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** Where a stage begins, counted from 0: with the comment above its FROM, which may be the marker of a block. */
function firstLineOf(lines: readonly string[], from: number): number {
  let index = from - 1;
  while (index > 0 && /^\s*#(?!\s*go-docker:end\b)/.test(lines[index - 1] ?? '')) index--;
  return index;
}

function ownStage(name: StageBlock, location: { file: WorkspacePath; line: number }): GoDockerError {
  return new GoDockerError(`There is a stage "${name}" of your own in this Dockerfile`, {
    location,
    advice: 'Give it another name, or leave that stage out.',
  });
}

function nothingBefore(name: StageBlock, file: WorkspacePath, before: readonly BlockName[]): GoDockerError {
  return new GoDockerError(`There is no place for the stage "${name}" in this Dockerfile`, {
    location: { file },
    advice: `It comes after the stages ${listed(before)}, and none of them is there. Write the file anew with --force.`,
  });
}
