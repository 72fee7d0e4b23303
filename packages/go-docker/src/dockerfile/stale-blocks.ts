import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { GoDockerError } from '../errors';
import type { StaleBlock } from './dockerfile';
import { filePaths, imageFiles } from './image-files';
import type { ExistingFiles } from './image-settings';
import { isOurs, managedBlocks } from '../managed-block/managed-block';

/**
 * The managed blocks that no longer say what the workspace says, in the order of the files; none for a Dockerfile without
 * managed blocks. Line ends and lines outside the blocks do not count.
 *
 * @throws GoDockerError as `imageFiles` does.
 */
export function staleBlocks(image: AppImage, existing: ExistingFiles): readonly StaleBlock[] {
  if (existing.dockerfile === undefined || !isOurs(existing.dockerfile)) return [];
  const files = filePaths(image);
  const renewed = imageFiles(image, existing, {});
  return [
    ...changedBlocks(files.dockerfile, existing.dockerfile, renewed.get(files.dockerfile)),
    ...changedBlocks(files.dockerignore, existing.dockerignore, renewed.get(files.dockerignore)),
  ];
}

/** The error for a build whose Dockerfile no longer fits the workspace. */
export function staleBlocksError(stale: readonly StaleBlock[], project: string): GoDockerError {
  const [first] = stale;
  return new GoDockerError('The Dockerfile no longer fits the workspace: these blocks are out of date', {
    location: first && { file: first.file, line: first.line },
    output: stale.map((block) => `  ${staleBlockText(block)}`).join('\n'),
    advice: `\`nx sync\` renews them in every file, \`nx g go-docker:setup ${project}\` in this app's`,
  });
}

/** `apps/api/Dockerfile:11 deps` */
export function staleBlockText({ file, block, line }: StaleBlock): string {
  return `${file}${line === undefined ? '' : `:${line}`} ${block}`;
}

/** The managed blocks whose text in `before` is not that in `after`. */
export function changedBlocks(
  file: WorkspacePath,
  before: string | undefined,
  after: string | undefined,
): readonly StaleBlock[] {
  if (before === undefined) return after === undefined ? [] : [{ file, block: 'context' }];
  const renewed = new Map(
    managedBlocks(after ?? '', file).map(({ name, lines }) => [name, lines.join('\n')]),
  );
  return managedBlocks(before, file)
    .filter(({ name, lines }) => renewed.get(name) !== lines.join('\n'))
    .map(({ name, line }) => ({ file, block: name, line }));
}
