import { posix } from 'node:path';
import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { recordedOptions } from '../dockerfile/recorded-options';
import { renderTemplate } from '../render-template';
import { composeTemplates } from './compose-templates';
import { devBuild, projectFolder } from './dev-build';

/** Where air keeps what it builds, in the container. */
export const airFolder = '/tmp/air';

/** A new `.air.toml`. */
export function newAirConfig(image: AppImage, dockerfileText: string): string {
  return renderTemplate(composeTemplates, 'air.toml', {
    name: image.binaryName,
    block: airBlock(image, dockerfileText),
  });
}

/**
 * The managed block of `.air.toml`, with both markers: how the app is compiled, and which changes it is compiled again for.
 *
 * @param dockerfileText Its `builder` block says which tags and whether cgo.
 */
export function airBlock(image: AppImage, dockerfileText: string): string {
  const program = `${airFolder}/${image.binaryName}`;
  const { environment, args } = devBuild(image, recordedOptions(dockerfileText, image.dockerfile), program);
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const { dirs, files, extensions } = watched(image);
  return renderTemplate(composeTemplates, 'air', {
    root: quoted(posix.relative(projectFolder(image), '.') || '.'),
    cmd: quoted([...variables, 'go', ...args].join(' ')),
    entrypoint: quoted(program),
    includeDir: dirs.map(quoted),
    includeFile: files.map(quoted),
    includeExt: extensions.map(quoted).join(', '),
    excludeDir: dirs.includes('.') ? ['node_modules', 'dist', 'tmp', 'vendor'].map(quoted).join(', ') : '',
  });
}

interface Watched {
  readonly dirs: readonly string[];
  readonly files: readonly WorkspacePath[];
  /** Without the dot. */
  readonly extensions: readonly string[];
}

/**
 * What air watches, below the root of the workspace. It watches a folder with all that is below it, so that a new file or package there
 * is noticed.
 */
function watched({ closure, embeddedFolders }: AppImage): Watched {
  const packages = closure.packages.map(({ dir }) => dir).filter((dir) => !isVendored(dir));
  const dirs = topmost([...packages, ...embeddedFolders]);
  const inFolders = closure.files.filter((file) => isBelowOne(embeddedFolders, file));
  const sources = closure.packages.flatMap(({ dir, otherFiles }) => (isVendored(dir) ? [] : otherFiles));
  const extensions = [...sources, ...inFolders].map((file) => posix.extname(file).slice(1));
  const known = new Set(['go', 'mod', 'sum', 'work', ...extensions.filter((ext) => ext !== '').sort()]);
  const named = [
    ...closure.modules.files,
    ...(closure.modules.usesWorkFile ? ['go.work'] : []),
    ...closure.packages.flatMap(({ dir, embedFiles }) => (isVendored(dir) ? [] : embedFiles)),
  ].filter((file) => !isBelowOne(dirs, file) || !known.has(posix.extname(file).slice(1)));
  const files = [...new Set(named)].sort();
  // Air comes to a file only where a path of include_dir leads there.
  const ways = files.filter((file) => file.includes('/') && !isBelowOne(dirs, file));
  return { dirs: [...dirs, ...ways], files, extensions: [...known] };
}

function topmost(dirs: readonly WorkspacePath[]): readonly WorkspacePath[] {
  const unique = [...new Set(dirs)].sort();
  return unique.filter(
    (dir) =>
      !isBelowOne(
        unique.filter((other) => other !== dir),
        dir,
      ),
  );
}

function isBelowOne(dirs: readonly WorkspacePath[], path: WorkspacePath): boolean {
  return dirs.some((dir) => dir === '.' || path === dir || path.startsWith(`${dir}/`));
}

function isVendored(dir: WorkspacePath): boolean {
  return `/${dir}/`.includes('/vendor/');
}

/** A basic string of TOML. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
