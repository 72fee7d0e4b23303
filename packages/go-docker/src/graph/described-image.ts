import { posix } from 'node:path';
import { type FileSystem, findApps, type GoWorkspace, type WorkspacePath } from '@go-docker/go-workspace';
import { appImageOf } from '../apps/app-image';
import { isOurs } from '../managed-block/managed-block';
import {
  ANYTHING,
  contextSources,
  type ImageSources,
  imageSources,
  joinedSources,
} from './inputs/image-sources';
import { inferredNames } from './projects/inferred-names';
import { once } from '../once';
import { ownSources } from './projects/own-options';
import { withProblem } from './with-problem';

/** Where an image comes from, or why that is not known exactly. */
export interface DescribedImage {
  /** Of its project, where the project's own files give none. */
  readonly name: string;
  readonly sources: ImageSources;
  /** Import paths that other modules than the workspace's own serve; undefined where they cannot be told. */
  readonly externalImports?: readonly string[];
  /** Whether another target makes files of the image, so that its outputs decide what the image is. */
  readonly isGenerated: boolean;
  readonly problem?: string;
}

/** The Go workspace around the Dockerfiles, read when it is first asked for. */
export type ReadGo = () => Go;

interface Go {
  readonly workspace: GoWorkspace;
  /** See {@link inferredNames}. */
  readonly names: () => ReadonlyMap<WorkspacePath, string>;
}

export function goOf(files: FileSystem, read: () => GoWorkspace): ReadGo {
  return once(() => {
    const workspace = read();
    return { workspace, names: once(() => inferredNames(files, findApps(workspace))) };
  });
}

/**
 * Describes the image of one Dockerfile.
 *
 * @param text Of the Dockerfile.
 * @param target Name of the target that builds the image; false where there is none.
 * @returns undefined where the Dockerfile is no Go app's.
 */
export function describedImage(
  files: FileSystem,
  dockerfile: WorkspacePath,
  text: string,
  go: ReadGo,
  target: string | false,
): DescribedImage | undefined {
  const root = posix.dirname(dockerfile);
  return withProblem<DescribedImage | undefined>(
    () => {
      const { workspace, names } = go();
      const image = appImageOf(workspace, dockerfile, text);
      if (image === undefined) return undefined;
      const ignoreText = files.readFile(`${dockerfile}.dockerignore`);
      const own = imageSources(workspace, image, dockerfile, text, ignoreText);
      const others = target === false ? [] : optionSources(files, dockerfile, workspace, target);
      return {
        name: names().get(root) ?? image.app.name,
        sources: others.length > 0 ? joinedSources([own, ...others]) : own,
        isGenerated: image.generated.length > 0,
        ...(isOurs(text) && others.length === 0 && { externalImports: image.closure.externalImports }),
      };
    },
    (problem) => {
      if (!isOurs(text) && files.readFile(posix.join(root, 'go.mod')) === undefined) return undefined;
      const name = withProblem(
        () => go().names().get(root),
        () => undefined,
      );
      return { name: name ?? posix.basename(root), sources: ANYTHING, isGenerated: false, problem };
    },
  );
}

/** What comes with the options of the project's own target: each other Dockerfile with its closure, and each context. */
function optionSources(
  files: FileSystem,
  dockerfile: WorkspacePath,
  workspace: GoWorkspace,
  target: string,
): readonly ImageSources[] {
  const { dockerfiles, contexts } = ownSources(files, posix.dirname(dockerfile), target);
  const others = dockerfiles
    .filter((path) => path !== dockerfile)
    .map((path) => {
      const text = files.readFile(path) ?? '';
      const image = appImageOf(workspace, path, text);
      const ignoreText = files.readFile(`${path}.dockerignore`);
      return image && text !== '' ? imageSources(workspace, image, path, text, ignoreText) : ANYTHING;
    });
  return [...others, ...contexts.map(contextSources)];
}
