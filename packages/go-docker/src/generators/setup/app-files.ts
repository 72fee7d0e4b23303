import { posix } from 'node:path';
import type { GoWorkspace, WorkspacePath } from '@go-docker/go-workspace';
import type { Tree } from '@nx/devkit';
import { appImageOf, type AppImage } from '../../apps/app-image';
import { generatedFolders, unseenFiles } from '../../apps/generated-folders';
import { tellingOption } from '../../apps/missing-code';
import type { Stage } from '../../dockerfile/dockerfile';
import { filePaths, imageFiles } from '../../dockerfile/image-files';
import { copiesHealthcheck, healthcheckLines } from '../../dockerfile/healthcheck';
import { runners } from '../../dockerfile/image-settings';
import { isOurs, managedBlocks } from '../../managed-block/managed-block';
import { readDockerfile } from '../../dockerfile/read-dockerfile';
import { recordedOptions } from '../../dockerfile/recorded-options';
import { parsePlatform } from '../../dockerfile/parse-platform';
import { sharedFiles } from '../../dockerfile/rootfs';
import { GoDockerError } from '../../errors';
import { notesOnGivenUp } from './given-up';
import type { SetupRequest } from './options';
import { notesOnWorkFile } from './work-file-notes';

/** The files of an app as `setup` leaves them, and what its user should know. Nothing is written yet. */
export interface AppFiles {
  readonly image: AppImage;
  readonly texts: ReadonlyMap<WorkspacePath, string>;
  readonly notes: readonly string[];
}

/**
 * The files of the app whose Dockerfile is, or is to be, at `dockerfile`.
 *
 * @param likely Targets that may make what is missing, as `--generatedBy` takes them.
 * @throws GoDockerError or GoWorkspaceError where the app, its names or its existing files cannot be read or used.
 */
export function appFiles(
  tree: Tree,
  workspace: GoWorkspace,
  dockerfile: WorkspacePath,
  request: SetupRequest,
  likely: readonly string[] = [],
): AppFiles {
  const current = tree.read(dockerfile, 'utf-8') ?? undefined;
  const kept = request.force ? undefined : current;
  const declared = current === undefined ? [] : (recordedOptions(current, dockerfile).generated ?? []);
  const found = imageOf(workspace, dockerfile, kept ?? '', request, declared, likely);
  const existing = {
    dockerfile: kept,
    dockerignore: tree.read(filePaths(found).dockerignore, 'utf-8') ?? undefined,
    shared: sharedFiles.filter((file) => tree.exists(file)),
  };
  const assets = request.assets?.map((asset) => assetPath(tree, found, asset));
  const generated =
    request.generatedBy === undefined ? declared : generatedFolders(workspace.files, found, assets ?? []);
  const image = imageOf(workspace, dockerfile, kept ?? '', request, generated, likely);
  const texts = imageFiles(image, existing, { ...request, assets });
  const unseen = unseenFiles(workspace.files, image, assets ?? []);
  return {
    image,
    texts,
    notes: [
      ...(kept === undefined ? notesOnWorkFile(workspace, image.app) : notesOn(kept, dockerfile, request)),
      ...(request.force
        ? notesOnGivenUp(current ?? '', texts.get(dockerfile) ?? '', dockerfile, request)
        : []),
      ...notesOnUnseen(image, unseen, likely),
    ],
  };
}

function imageOf(
  workspace: GoWorkspace,
  dockerfile: WorkspacePath,
  text: string,
  request: SetupRequest,
  generated: readonly WorkspacePath[],
  likely: readonly string[],
): AppImage {
  const image = tellingOption(posix.dirname(dockerfile), likely, () =>
    appImageOf(workspace, dockerfile, text, {
      // Where a target is named, whatever is missing is its.
      generated: request.generatedBy === undefined ? generated : ['.'],
      ...(request.platforms && { platforms: request.platforms.map((platform) => parsePlatform(platform)) }),
      ...(request.goVersion !== undefined && { goVersion: request.goVersion }),
      tests: request.stages?.includes('test') ?? false,
      ...(request.cgo !== undefined && { cgo: request.cgo }),
    }),
  );
  if (image) return { ...image, generated };
  throw new GoDockerError('no Go app belongs to this Dockerfile', { location: { file: dockerfile } });
}

/** Nx hashes what Git does not ignore. */
function notesOnUnseen(
  { app }: AppImage,
  unseen: readonly WorkspacePath[],
  likely: readonly string[],
): string[] {
  const [first] = unseen;
  if (first === undefined) return [];
  const others = unseen.length > 1 ? ` and ${unseen.length - 1} more` : '';
  return [
    `${first}${others} of ${app.projectRoot}: Git ignores what the image holds, so that Nx would not see it change; ` +
      `name the target that makes it: nx g go-docker:setup ${app.projectRoot} --generatedBy=${likely[0] ?? '<target>'}`,
  ];
}

/** People name an asset as they see it: from the workspace root, or from the app. */
function assetPath(tree: Tree, { app }: AppImage, asset: string): WorkspacePath {
  const candidates = [asset, posix.join(app.projectRoot, asset)].map((path) =>
    posix.normalize(path).replace(/\/$/, ''),
  );
  const path = candidates.find(
    (candidate) => !candidate.startsWith('..') && !posix.isAbsolute(candidate) && tree.exists(candidate),
  );
  if (path !== undefined) return path;
  throw new GoDockerError(`there is no file or folder ${JSON.stringify(asset)} for --assets`, {
    advice: `name it from the root of the workspace or from ${app.projectRoot}`,
  });
}

function notesOn(text: string, dockerfile: WorkspacePath, request: SetupRequest): string[] {
  const runner = readDockerfile(text, dockerfile).stages.find(({ name }) => name === 'runner');
  const notes: string[] = [];
  if (!isOurs(text))
    notes.push(`${dockerfile} is your own and stays as it is; --force writes a new one in its place`);
  if (!runner)
    notes.push(
      `${dockerfile} has no stage named runner, which is the one to build: add \`AS runner\` to its last FROM`,
    );
  const unused = runner && isOurs(text) ? unusedOptions(runner, request) : [];
  if (unused.length > 0) {
    notes.push(
      `${dockerfile} is there, and its runner stage is yours: ${unused.map((option) => `--${option}`).join(', ')} ` +
        'changed nothing; edit the stage, or write the file anew with --force',
    );
  }
  if (request.healthcheck !== undefined && runner && isOurs(text) && !copiesHealthcheck(text)) {
    const lines = healthcheckLines(request.healthcheck, request.port).map((line) => `  ${line}`);
    notes.push(
      `the runner stage of ${dockerfile} is yours: write these lines above its ENTRYPOINT\n${lines.join('\n')}`,
    );
  }
  const ofBuilder = (['cgo', 'upx', 'healthcheck'] as const).filter(
    (option) => request[option] !== undefined,
  );
  if (isOurs(text) && ofBuilder.length > 0 && !hasBlock(text, dockerfile, 'builder')) {
    notes.push(
      `the builder block of ${dockerfile} is yours: ${ofBuilder.map((option) => `--${option}`).join(', ')} changed nothing; ` +
        'write the file anew with --force, or edit its lines',
    );
  }
  const ofModules = (['private', 'auth', 'ca'] as const).filter((option) => request[option] !== undefined);
  if (isOurs(text) && ofModules.length > 0 && !hasBlock(text, dockerfile, 'deps')) {
    notes.push(
      `the deps block of ${dockerfile} is yours: ${ofModules.map((option) => `--${option}`).join(', ')} changed nothing; ` +
        'write the file anew with --force, or edit its lines',
    );
  }
  return notes;
}

function hasBlock(text: string, file: WorkspacePath, name: string): boolean {
  return managedBlocks(text, file).some((block) => block.name === name);
}

/** What was asked for and only a new Dockerfile gets. A person who is asked for the runner again may well name the one that is there. */
function unusedOptions({ from }: Stage, { runner, port, assets, healthcheck }: SetupRequest): string[] {
  const standsOn = runners.find((each) => from.includes(each));
  const given = {
    runner: runner === standsOn ? undefined : runner,
    // With a health check, its note says what the port is for.
    port: healthcheck === undefined ? port : undefined,
    assets,
  };
  return Object.entries(given).flatMap(([option, value]) => (value === undefined ? [] : [option]));
}
