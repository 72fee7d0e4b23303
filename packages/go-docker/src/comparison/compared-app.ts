import { diskFileSystem, readGoWorkspace, type WorkspacePath } from '@go-docker/go-workspace';
import { type AppImage, appImageOf } from '../apps/app-image';
import { notGenerated, tellingOption } from '../apps/missing-code';
import { blockOptions } from '../dockerfile/image-files';
import type { BlockOptions } from '../dockerfile/block-keys';
import { parsePlatform } from '../dockerfile/parse-platform';
import { sharedFiles } from '../dockerfile/rootfs';
import type { ImagePlan } from '../engines/engine';
import { GoDockerError } from '../errors';
import { isOurs } from '../managed-block/managed-block';
import { ownLines } from './own-lines';
import { ownRunner, type OwnRunner } from './own-runner';

/** An app, as all its variants are made from it. */
export interface ComparedApp {
  readonly platform: string;
  /** Whether its Dockerfile has blocks of ours. */
  readonly isOurs: boolean;
  /** What the blocks of its Dockerfile are made from. */
  readonly options: BlockOptions;
  readonly runner: OwnRunner;
  /** Text of the ignore file beside its Dockerfile. */
  readonly dockerignore?: string;
  /** The shared files that the workspace has. */
  readonly shared: ReadonlySet<WorkspacePath>;
  /** What its files are rendered from, compiled with these build tags. */
  readonly imageFor: (tags: readonly string[]) => AppImage;
  /** What of its Dockerfile the variants do not have, in sentences without a full stop. */
  readonly notes: readonly string[];
}

/**
 * Reads the app of a Dockerfile from the workspace.
 *
 * @throws GoDockerError where no app belongs to it, and where code is missing that another target makes.
 */
export function readComparedApp({
  workspaceRoot,
  dockerfile,
  project,
  target,
  platforms,
}: ImagePlan): ComparedApp {
  const workspace = readGoWorkspace(diskFileSystem(workspaceRoot));
  const read = (path: WorkspacePath): string | undefined => workspace.files.readFile(path);
  const text = read(dockerfile) ?? '';
  const known = isOurs(text) ? text : '';
  const platform = platforms[0] ?? 'linux/amd64';
  const imageFor = (tags: readonly string[]): AppImage => {
    const image = appImageOf(workspace, dockerfile, known, { platforms: [parsePlatform(platform)], tags });
    if (!image) throw noApp(dockerfile, project);
    if (image.closure.missing.length > 0) throw notGenerated(image.closure.missing, project);
    return image;
  };
  return tellingOption(project, [], () => {
    const image = imageFor([]);
    const options = blockOptions(image, known, { platforms: [platform] });
    const runner = ownRunner(text, dockerfile, target);
    return {
      platform,
      isOurs: isOurs(text),
      options,
      runner,
      dockerignore: read(`${dockerfile}.dockerignore`),
      shared: new Set(sharedFiles.filter((path) => read(path) !== undefined)),
      imageFor,
      notes: ownLines(image, text, blockOptions(image, known), runner),
    };
  });
}

function noApp(dockerfile: WorkspacePath, project: string): GoDockerError {
  return new GoDockerError(
    'No Go app belongs to this Dockerfile, so there is nothing to build on other bases',
    {
      location: { file: dockerfile },
      advice: `Name its main package after "package=" of the block "builder", or let setup write the Dockerfile: nx g go-docker:setup ${project}`,
    },
  );
}
