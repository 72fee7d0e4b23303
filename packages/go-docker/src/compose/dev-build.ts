import { posix } from 'node:path';
import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { packageArgument } from '../dockerfile/blocks';

/** How an app is compiled in the dev loop: `go <args>` in its project folder. */
export interface DevBuild {
  readonly environment: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

/**
 * The build of the dev loop: the files of the `builder` stage, but with debug information, which builds faster.
 *
 * @param output Where the program is written.
 */
export function devBuild(
  image: AppImage,
  { tags, cgo }: { readonly tags?: readonly string[]; readonly cgo?: string },
  output: string,
): DevBuild {
  const { app, closure } = image;
  const { usesWorkFile } = closure.modules;
  const folder = projectFolder(image);
  // Go looks for the module upwards from where it runs.
  const outside = !usesWorkFile && !isBelow(app.moduleDir, folder);
  const start = outside ? app.moduleDir : folder;
  return {
    environment: { CGO_ENABLED: cgo === undefined ? '0' : '1', ...(usesWorkFile ? {} : { GOWORK: 'off' }) },
    args: [
      'build',
      ...(outside ? ['-C', posix.relative(folder, app.moduleDir)] : []),
      '-buildvcs=false',
      ...(tags && tags.length > 0 ? [`-tags=${tags.join(',')}`] : []),
      '-o',
      output,
      packageArgument(start, app.packageDir),
    ],
  };
}

/** The folder that the dev files lie in: beside the Dockerfile. */
export function projectFolder({ dockerfile }: AppImage): WorkspacePath {
  return posix.dirname(dockerfile);
}

function isBelow(dir: WorkspacePath, path: WorkspacePath): boolean {
  return dir === '.' || path === dir || path.startsWith(`${dir}/`);
}
