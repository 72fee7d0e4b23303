import type { WorkspacePath } from '@go-docker/go-workspace';
import { managedBlocks } from '../managed-block/managed-block';
import { type BlockName, type BlockOptions, recordedKeys } from './block-keys';
import { recordedOptions } from './recorded-options';

/**
 * A Dockerfile whose blocks record other options on their begin lines. What the blocks hold stays, until they are renewed.
 *
 * @param options A key that is undefined is no longer recorded; what a block has no keys of is left out.
 * @throws GoDockerError as `recordedOptions` does.
 */
export function withRecorded(text: string, file: WorkspacePath, options: Partial<BlockOptions>): string {
  const recorded: BlockOptions = { depsCache: 'layer', ...recordedOptions(text, file), ...options };
  const lines = text.split('\n');
  for (const { name, line } of managedBlocks(text, file)) {
    const begin = lines[line - 1] ?? '';
    const keys = recordedKeys(name as BlockName, recorded);
    lines[line - 1] = begin.replace(/(go-docker:begin \S+)[^\r]*/, (_, marker) => `${marker}${keys}`);
  }
  return lines.join('\n');
}
