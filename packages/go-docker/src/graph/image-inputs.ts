import { isWithin, type WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { isOurs, linesOutsideBlocks } from '../managed-block/managed-block';
import { readDockerfile } from '../dockerfile/read-dockerfile';
import { filePatterns, sourcePatterns } from './file-patterns';

/**
 * Everything in the workspace that decides what an image is, as inputs of an Nx target: exactly the files that its ignore file lets
 * in. A Dockerfile that is not ours may take whatever the workspace holds.
 *
 * @param ignoreText Of the ignore file beside the Dockerfile, below whose block its owner may let in more.
 */
export function imageInputs(
  image: AppImage,
  dockerfile: WorkspacePath,
  text: string,
  ignoreText = '',
): string[] {
  if (!isOurs(text)) return ['{workspaceRoot}/**/*'];
  const { modules, packages } = image.closure;
  const isMade = (path: WorkspacePath): boolean => image.generated.some((folder) => isWithin(folder, path));
  // The same whether or not the files are there: Nx makes the inputs before they are.
  const files = image.closure.files.filter((path) => !isMade(path));
  const made = packages.filter(({ dir }) => isMade(dir)).map(({ dir }) => goFilesPattern(dir));
  const own = [dockerfile, `${dockerfile}.dockerignore`];
  // Not all of go.work reaches the image, but its Dockerfile may have to follow a change in it.
  const work = modules.usesWorkFile ? ['go.work'] : [];
  const all = [...new Set([...files, ...modules.files, ...own, ...work])].sort();
  const sources = readDockerfile(text, dockerfile).contextSources;
  const letIn = pathsLetIn(ignoreText, `${dockerfile}.dockerignore`);
  return [...filePatterns(all), ...made, ...[...sources, ...letIn].flatMap(sourcePatterns)];
}

function goFilesPattern(dir: WorkspacePath): string {
  const folder = dir === '.' ? '' : `${dir.replace(/[{}(),!@+#]/g, '?')}/`;
  return `{workspaceRoot}/${folder}*.go`;
}

/** What lines of the owner let in, such as `!config/*.json`. (https://docs.docker.com/build/concepts/context/#syntax) */
function pathsLetIn(ignoreText: string, file: WorkspacePath): readonly string[] {
  return linesOutsideBlocks(ignoreText, file)
    .map((line) => /^!\s*\/?(.+?)\/?$/.exec(line.trim())?.[1])
    .filter((path) => path !== undefined);
}

/** Everything in a folder that is a build context of its own. */
export function contextInputs(folder: WorkspacePath): string[] {
  return folder === '.' ? ['{workspaceRoot}/**/*'] : sourcePatterns(folder);
}

/** Everything that an image may come from while its closure is not known. */
export function possibleInputs(dockerfile: WorkspacePath): string[] {
  return [
    `{workspaceRoot}/${dockerfile}`,
    `{workspaceRoot}/${dockerfile}.dockerignore`,
    '{workspaceRoot}/**/*.go',
    '{workspaceRoot}/**/go.{mod,sum,work}',
  ];
}
