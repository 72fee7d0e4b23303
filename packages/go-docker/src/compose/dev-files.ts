import { posix } from 'node:path';
import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import type { StaleBlock } from '../dockerfile/dockerfile';
import { GoDockerError } from '../errors';
import { isOurs, managedBlocks, replaceBlocks } from '../managed-block/managed-block';
import { airBlock, newAirConfig } from './air-config';
import { type ComposeBlockName, composeBlockNames, composeBlocks } from './compose-blocks';
import { newComposeFile, withDebugService } from './compose-file';
import { composeServiceOf } from './compose-service';
import { credentialsBlockName, credentialsOf, withCredentialsBlock } from './credentials-block';
import { projectFolder } from './dev-build';
import type { DevSettings } from './dev-settings';
import { composeFileNames } from './root-include';

/** Texts of files by path, as they are. */
export type ExistingTexts = ReadonlyMap<WorkspacePath, string>;

/** Where the dev files of an app lie. */
export interface DevFilePaths {
  readonly compose: WorkspacePath;
  readonly airConfig: WorkspacePath;
}

/**
 * Where the dev files of an app lie, or are to be written. A compose file of the user's own in the project's folder stays as it is:
 * beside it ours is called `compose.dev.yaml`. So it is at the root of the workspace, whose `compose.yaml` includes those of all apps.
 *
 * @param existing At least those of {@link devFileCandidates} that there are.
 */
export function devFilePaths(image: AppImage, existing: ExistingTexts): DevFilePaths {
  const folder = projectFolder(image);
  const [own, beside] = [posix.join(folder, 'compose.yaml'), posix.join(folder, 'compose.dev.yaml')];
  const isUsers = composeFileNames.some((name) => {
    const text = existing.get(posix.join(folder, name));
    return text !== undefined && !isOurs(text);
  });
  return {
    compose: folder === '.' || isUsers || existing.has(beside) ? beside : own,
    airConfig: posix.join(folder, '.air.toml'),
  };
}

/** Every file that the dev files of an app are made from or may clash with; the Dockerfile is one of them. */
export function devFileCandidates(image: AppImage): readonly WorkspacePath[] {
  const names = [...composeFileNames, 'compose.dev.yaml', '.air.toml'];
  return [image.dockerfile, ...names.map((name) => posix.join(projectFolder(image), name))];
}

/**
 * Whether the Dockerfile has a `debug` stage of ours, and the compose file no service for it.
 *
 * @param existing Those of {@link devFileCandidates} that there are.
 */
export function lacksDebugService(image: AppImage, existing: ExistingTexts): boolean {
  const { compose } = devFilePaths(image, existing);
  const service = composeServiceOf(existing.get(compose) ?? '', compose, { block: 'debug' });
  return hasDebugStage(image, existing) && service === undefined;
}

/**
 * The dev files of an app: whole ones where there are none, else what they become when their managed blocks are renewed. All other lines
 * stay as they are, and so does a file without managed blocks. A `debug` stage in the Dockerfile gets a service of its own in a new file,
 * and in an existing one where `debugPort` is given.
 *
 * @param existing Those of {@link devFileCandidates} that there are.
 * @throws GoDockerError with the place in the file where an existing one cannot be read.
 */
export function devFiles(
  image: AppImage,
  existing: ExistingTexts,
  settings: Partial<DevSettings> = {},
): ReadonlyMap<WorkspacePath, string> {
  const paths = devFilePaths(image, existing);
  return new Map([
    [paths.compose, composeFile(image, existing, paths.compose, settings)],
    [paths.airConfig, airConfig(image, existing, paths.airConfig)],
  ]);
}

/**
 * The managed blocks of an app's dev files that no longer say what the workspace says. A missing file counts where the other one is ours.
 *
 * @throws GoDockerError as {@link devFiles} does.
 */
export function staleDevBlocks(image: AppImage, existing: ExistingTexts): readonly StaleBlock[] {
  const paths = devFilePaths(image, existing);
  const ours = [paths.compose, paths.airConfig].filter((file) => isOurs(existing.get(file) ?? ''));
  if (ours.length === 0) return [];
  return [...devFiles(image, existing)].flatMap(([file, renewed]) => {
    const before = existing.get(file);
    if (before === undefined) return [{ file, block: file === paths.compose ? 'dev' : 'air' }];
    return changedBlocks(file, before, renewed);
  });
}

function changedBlocks(file: WorkspacePath, before: string, after: string): readonly StaleBlock[] {
  const renewed = new Map(managedBlocks(after, file).map(({ name, lines }) => [name, lines.join('\n')]));
  return managedBlocks(before, file)
    .filter(({ name, lines }) => renewed.get(name) !== lines.join('\n'))
    .map(({ name, line }) => ({ file, block: name, line }));
}

function composeFile(
  image: AppImage,
  existing: ExistingTexts,
  file: WorkspacePath,
  settings: Partial<DevSettings>,
): string {
  const text = existing.get(file);
  const credentials = credentialsOf(existing.get(image.dockerfile) ?? '', image.dockerfile);
  if (text === undefined) {
    const known = { service: image.app.name, ...settings, credentials };
    return withCredentialsBlock(
      newComposeFile(image, known, hasDebugStage(image, existing)),
      file,
      credentials,
    );
  }
  assertBlocks(text, file, [...composeBlockNames, credentialsBlockName]);
  const service = composeServiceOf(text, file);
  if (service === undefined) return text;
  const blocks = composeBlocks(image, credentials);
  const renewed = renewedCompose(withCredentialsBlock(text, file, credentials), file, blocks);
  if (settings.debugPort === undefined || !lacksDebugService(image, existing)) return renewed;
  const { name, ports } = service;
  const { container: port, host: hostPort } = ports[0] ?? {};
  return withDebugService(image, renewed, file, {
    service: name,
    port,
    hostPort,
    debugPort: settings.debugPort,
    credentials,
  });
}

function hasDebugStage(image: AppImage, existing: ExistingTexts): boolean {
  const dockerfile = existing.get(image.dockerfile) ?? '';
  return managedBlocks(dockerfile, image.dockerfile).some(({ name }) => name === 'debug');
}

function renewedCompose(
  text: string,
  file: WorkspacePath,
  blocks: Readonly<Record<ComposeBlockName, string>>,
): string {
  const contents = new Map(
    managedBlocks(text, file).flatMap(({ name, lines }) => {
      const block = composeBlockNames.find((each) => each === name);
      return block ? [[name, indentedAs(lines[0] ?? '', blocks[block])] as const] : [];
    }),
  );
  return replaceBlocks(text, file, contents);
}

/** The lines of a block, indented as its begin marker is: people and formatters indent YAML by more than two spaces. */
function indentedAs(marker: string, block: string): readonly string[] {
  const indent = marker.search(/\S/);
  const lines = block.trimEnd().split('\n');
  const own = lines[0]?.search(/\S/) ?? 0;
  const step = own > 0 && indent % own === 0 ? Math.max(indent / own, 1) : 1;
  return lines.map((line) => {
    const depth = line.search(/\S/) - own;
    return ' '.repeat(indent + depth * step) + line.trimStart();
  });
}

function airConfig(image: AppImage, existing: ExistingTexts, file: WorkspacePath): string {
  const text = existing.get(file);
  const dockerfile = existing.get(image.dockerfile) ?? '';
  if (text === undefined) return newAirConfig(image, dockerfile);
  assertBlocks(text, file, ['air']);
  const content = airBlock(image, dockerfile).trimEnd().split('\n');
  return replaceBlocks(text, file, new Map([['air', content]]));
}

function assertBlocks(text: string, file: WorkspacePath, known: readonly string[]): void {
  const unknown = managedBlocks(text, file).find(({ name }) => !known.includes(name));
  if (!unknown) return;
  throw new GoDockerError(`Unknown block "${unknown.name}"`, {
    location: { file, line: unknown.line },
    advice: `Blocks of this file are ${known.join(' and ')}. Remove the two markers to own these lines yourself.`,
  });
}
