import { posix } from 'node:path';
import {
  type GoWorkspace,
  type HeldVersion,
  heldVersions,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import { appImageOf } from '../apps/app-image';
import type { StaleBlock } from '../dockerfile/dockerfile';
import { filePaths, imageFiles } from '../dockerfile/image-files';
import { changedBlocks } from '../dockerfile/stale-blocks';
import { GoDockerError } from '../errors';
import { isOurs } from '../managed-block/managed-block';
import { withMovedPackage } from './moved-app';

/** What it takes for the files of one image to say again what the workspace says. */
export interface AppRenewal {
  readonly dockerfile: WorkspacePath;
  /** The managed blocks that are out of date, in the order of the files. */
  readonly stale: readonly StaleBlock[];
  /** Path → new text of every file that has one of them. */
  readonly texts: ReadonlyMap<WorkspacePath, string>;
  /** The versions that a go.work pruned any further would not link. */
  readonly held: readonly HeldVersion[];
}

/**
 * Compares the managed blocks of an image's files with the workspace.
 *
 * @returns undefined where the Dockerfile has no managed block: it is its owner's, with all that lies beside it.
 * @throws GoDockerError or GoWorkspaceError where a file, the app or its sources cannot be read, or no app belongs to the Dockerfile.
 */
export function appRenewal(workspace: GoWorkspace, dockerfile: WorkspacePath): AppRenewal | undefined {
  const read = (path: WorkspacePath): string | undefined => workspace.files.readFile(path);
  const before = read(dockerfile);
  if (before === undefined || !isOurs(before)) return undefined;
  const text = withMovedPackage(workspace, dockerfile, before);
  const image = appImageOf(workspace, dockerfile, text);
  if (!image) throw noApp(dockerfile);
  const existing = { dockerfile: text, dockerignore: read(filePaths(image).dockerignore) };
  const files = [...imageFiles(image, existing, {})].map(([path, after]) => ({
    path,
    after,
    stale: changedBlocks(path, read(path), after),
  }));
  return {
    dockerfile,
    stale: files.flatMap(({ stale }) => stale),
    texts: new Map(files.filter(({ stale }) => stale.length > 0).map(({ path, after }) => [path, after])),
    held: heldVersions(workspace, image.closure.modules),
  };
}

function noApp(dockerfile: WorkspacePath): GoDockerError {
  return new GoDockerError('No Go app belongs to this Dockerfile', {
    location: { file: dockerfile },
    advice: `Delete it, or put a package main into ${posix.dirname(dockerfile)}.`,
  });
}
