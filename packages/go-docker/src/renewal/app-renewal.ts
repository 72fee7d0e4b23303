import { posix } from 'node:path';
import { type GoWorkspace, heldVersions, type WorkspacePath } from '@go-docker/go-workspace';
import { type AppImage, appImageOf } from '../apps/app-image';
import { tellingOption } from '../apps/missing-code';
import { devFileCandidates, devFiles, staleDevBlocks } from '../compose/dev-files';
import type { StaleBlock } from '../dockerfile/dockerfile';
import { filePaths, imageFiles } from '../dockerfile/image-files';
import { changedBlocks } from '../dockerfile/stale-blocks';
import { GoDockerError } from '../errors';
import { isOurs } from '../managed-block/managed-block';
import { followedApp } from './moved-app';
import type { Renewal } from './renewal';

export interface AppRenewal extends Renewal {
  /** The folder that the app was moved from, where its files did not know yet. */
  readonly movedFrom?: WorkspacePath;
}

/**
 * Compares the managed blocks of an app's files with the workspace.
 *
 * @param intended The Dockerfile with what its blocks are to record from now on; default: as it is.
 * @returns undefined where the Dockerfile has no managed block: it is its owner's, with all that lies beside it.
 * @throws GoDockerError or GoWorkspaceError where a file, the app or its sources cannot be read, or no app belongs to the Dockerfile.
 */
export function appRenewal(
  workspace: GoWorkspace,
  dockerfile: WorkspacePath,
  intended = workspace.files.readFile(dockerfile),
): AppRenewal | undefined {
  const read = (path: WorkspacePath): string | undefined => workspace.files.readFile(path);
  if (intended === undefined || !isOurs(intended)) return undefined;
  const { text, movedFrom } = followedApp(workspace, dockerfile, intended);
  const image = tellingOption(posix.dirname(dockerfile), [], () => appImageOf(workspace, dockerfile, text));
  if (!image) throw noApp(dockerfile);
  const changes = [...imageChanges(image, text, read), ...devChanges(image, text, read)];
  return {
    place: placeOf(dockerfile),
    stale: changes.flatMap(({ stale }) => stale),
    texts: new Map(changes.filter(({ stale }) => stale.length > 0).map(({ path, after }) => [path, after])),
    held: heldVersions(workspace, image.closure.modules),
    movedFrom,
  };
}

type Read = (path: WorkspacePath) => string | undefined;

/** A file as it should be, and what of it is not so yet. */
interface Change {
  readonly path: WorkspacePath;
  readonly after: string;
  readonly stale: readonly StaleBlock[];
}

function imageChanges(image: AppImage, text: string, read: Read): readonly Change[] {
  const existing = { dockerfile: text, dockerignore: read(filePaths(image).dockerignore) };
  return [...imageFiles(image, existing, {})].map(([path, after]) => ({
    path,
    after,
    stale: changedBlocks(path, read(path), after),
  }));
}

function devChanges(image: AppImage, text: string, read: Read): readonly Change[] {
  const existing = new Map([[image.dockerfile, text]]);
  for (const path of devFileCandidates(image)) {
    const there = existing.get(path) ?? read(path);
    if (there !== undefined) existing.set(path, there);
  }
  const stale = staleDevBlocks(image, existing);
  if (stale.length === 0) return [];
  return [...devFiles(image, existing)].map(([path, after]) => ({
    path,
    after,
    stale: stale.filter(({ file }) => file === path),
  }));
}

/** A Dockerfile with a name of its own may be one of several. */
function placeOf(dockerfile: WorkspacePath): string {
  const isOnly = posix.basename(dockerfile) === 'Dockerfile' && dockerfile !== 'Dockerfile';
  return isOnly ? posix.dirname(dockerfile) : dockerfile;
}

function noApp(dockerfile: WorkspacePath): GoDockerError {
  return new GoDockerError('No Go app belongs to this Dockerfile', {
    location: { file: dockerfile },
    advice: `Delete it, or put a package main into ${posix.dirname(dockerfile)}.`,
  });
}
