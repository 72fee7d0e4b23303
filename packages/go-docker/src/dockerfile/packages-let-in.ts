import type { WorkspacePath } from '@go-docker/go-workspace';
import { managedBlocks } from '../managed-block/managed-block';

/**
 * The packages that the managed block of an ignore file lets in: the build closure as it was when the block was written.
 *
 * @throws GoDockerError where a marker is broken.
 */
export function packagesLetIn(ignoreText: string, file: WorkspacePath): readonly WorkspacePath[] {
  const lines = managedBlocks(ignoreText, file).flatMap((block) =>
    block.name === 'context' ? block.lines : [],
  );
  // Those of tests are no part of it.
  const end = lines.indexOf('# Packages that nothing but tests imports');
  return lines.slice(0, end < 0 ? undefined : end).flatMap((line) => {
    const [match, folder = '.'] = /^!(?:(.*)\/)?\*\.go$/.exec(line) ?? [];
    return match === undefined ? [] : [folder.replace(/\\(.)/g, '$1')];
  });
}
