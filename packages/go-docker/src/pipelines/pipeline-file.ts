import { createHash } from 'node:crypto';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';
import { type ManagedBlock, managedBlocks, replaceBlocks } from '../managed-block/managed-block';
import { withLaterPins, withoutPins } from './action-pins';
import type { Pipeline, SaidOptions } from './pipeline';
import { pipelineIntro, renderPipeline } from './render-pipeline';

/** The name of the one block in the file of a pipeline. */
const BLOCK = 'ci';

/** The key under which a block holds a checksum of its own lines, so that an edit is never lost without a word. */
const CHECKSUM = 'checksum';

/**
 * The file with the pipeline in its block. Lines outside of the block stay, byte for byte.
 *
 * @param text What is there; undefined where there is no file.
 * @param isForced Write it anew, whatever stands there.
 * @throws GoDockerError where the file is not ours, its block was edited, or its markers are broken.
 */
export function pipelineFile(
  text: string | undefined,
  file: WorkspacePath,
  pipeline: Pipeline,
  said: SaidOptions,
  isForced = false,
): string {
  const whole = `${pipelineIntro()}${pipelineBlock(pipeline, said).join('\n')}\n`;
  if (text === undefined || text.trim() === '') return whole;
  const block = ciBlock(text, file);
  if (block === undefined) {
    if (isForced) return whole;
    throw foreign(file);
  }
  if (!isForced && isEdited(block)) throw edited(block, file);
  return replaceBlocks(text, file, new Map([[BLOCK, pipelineBlock(pipeline, said, block.lines)]]));
}

/**
 * Whether the file has a block of ours.
 *
 * @throws GoDockerError as `managedBlocks` does.
 */
export function isPipelineFile(text: string | undefined, file: WorkspacePath): boolean {
  return text !== undefined && ciBlock(text, file) !== undefined;
}

/**
 * What the file remembers of what a person said, by name and as it was written.
 *
 * @throws GoDockerError as `managedBlocks` does.
 */
export function recordedPipelineOptions(
  text: string | undefined,
  file: WorkspacePath,
): ReadonlyMap<string, string> {
  return (text === undefined ? undefined : ciBlock(text, file)?.keys) ?? new Map<string, string>();
}

function ciBlock(text: string, file: WorkspacePath): ManagedBlock | undefined {
  return managedBlocks(text, file).find(({ name }) => name === BLOCK);
}

function pipelineBlock(
  pipeline: Pipeline,
  said: SaidOptions,
  before: readonly string[] = [],
): readonly string[] {
  const content = withLaterPins(renderPipeline(pipeline).trimEnd().split('\n'), before);
  const options = Object.entries(said).filter(([, value]) => value !== undefined);
  const keys = [...options, [CHECKSUM, checksum(content)]].map(([key, value]) => `${key}=${value}`);
  return [`# go-docker:begin ${BLOCK} ${keys.join(' ')}`, ...content, `# go-docker:end ${BLOCK}`];
}

/** Of all but the commits of actions, which are moved by others, too. Twelve digits tell an edit as well as all of them. */
function checksum(lines: readonly string[]): string {
  return createHash('sha256').update(withoutPins(lines).join('\n')).digest('hex').slice(0, 12);
}

/** A block without a checksum is one that its owner has given up the protection of. */
function isEdited({ keys, lines }: ManagedBlock): boolean {
  const recorded = keys.get(CHECKSUM);
  return recorded !== undefined && recorded !== checksum(lines.slice(1, -1));
}

function foreign(file: WorkspacePath): GoDockerError {
  return new GoDockerError('This file was not written by go-docker', {
    location: { file },
    advice:
      'move its jobs to a file of another name and run this again; with --force it is replaced by the pipeline of go-docker',
  });
}

function edited(block: ManagedBlock, file: WorkspacePath): GoDockerError {
  return new GoDockerError('The lines of this block are no longer as "nx g go-docker:ci" has written them', {
    location: { file, line: block.line },
    advice:
      'remove both markers to keep them as your own; or run it with --force to have them written anew, and put what you need below the block',
  });
}
