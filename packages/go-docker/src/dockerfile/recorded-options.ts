import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError, type SourceLocation } from '../errors';
import { managedBlocks, type ManagedBlock } from '../managed-block/managed-block';
import { blockNames, keysOf, listed, parseKey, type BlockOptions } from './block-keys';

/** The options that the managed blocks of a Dockerfile were made from, as their keys record them. */
export interface RecordedOptions extends Partial<BlockOptions> {
  /** Where `package` is recorded. */
  readonly location?: SourceLocation;
}

/**
 * Reads the keys of a Dockerfile's managed blocks. People edit them, so every value is checked.
 *
 * @throws GoDockerError with file and line for an unknown block or key, and for a value that cannot stand.
 */
export function recordedOptions(text: string, file: WorkspacePath): RecordedOptions {
  const blocks = managedBlocks(text, file);
  const options = blocks.map((block) => {
    const location = { file, line: block.line };
    assertKnown(block, location);
    return Object.assign({}, ...[...block.keys].map(([key, value]) => parseKey(key, value, location)));
  });
  const builder = blocks.find(({ name }) => name === 'builder');
  return Object.assign({ location: builder && { file, line: builder.line } }, ...options);
}

function assertKnown(block: ManagedBlock, location: SourceLocation): void {
  const known = keysOf(block.name);
  if (!known) {
    throw new GoDockerError(`Unknown block "${block.name}"`, {
      location,
      advice: `Blocks of a Dockerfile are ${listed(blockNames)}. Remove the two markers to own these lines yourself.`,
    });
  }
  const unknown = [...block.keys.keys()].find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new GoDockerError(`Unknown key "${unknown}" of the block "${block.name}"`, {
    location,
    advice: known.length === 0 ? 'It takes none.' : `It takes ${listed(known)}.`,
  });
}
