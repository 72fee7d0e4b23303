import { join, posix } from 'node:path';
import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { assertGoVersion, isAtLeast } from '../apps/go-version';
import { assertSafeName, assertSafePath } from '../apps/safe-name';
import { GoDockerError } from '../errors';
import { renderTemplate as renderFrom } from '../render-template';
import { basePackages, buildCache, isAlpineBase } from './base-packages';
import { blockNames, recordedKeys, type BlockName, type BlockOptions } from './block-keys';
import { assertOneArchitecture, linkerFlags, type LinkOptions } from './c-library';
import { moduleAccess } from './private-modules';
import { airRelease, delveRelease } from './releases';

/**
 * Name → text of the managed blocks that a Dockerfile may have, with both markers.
 *
 * @throws GoDockerError where a path or name of the workspace cannot stand in a Dockerfile, or no Go release fits.
 */
export function dockerfileBlocks(
  image: AppImage,
  options: BlockOptions & LinkOptions,
): Readonly<Record<BlockName, string>> {
  const view = blockView(image, options);
  return Object.fromEntries(
    blockNames.map((name) => [
      name,
      renderTemplate(name, { ...view, keys: recordedKeys(name, view.chosen) }),
    ]),
  ) as Readonly<Record<BlockName, string>>;
}

/**
 * What templates that build the program are filled in with.
 *
 * @throws GoDockerError as {@link dockerfileBlocks} does.
 */
export function blockView(image: AppImage, options: BlockOptions & LinkOptions) {
  const { closure, goWork, app } = image;
  assertSafeName(image.binaryName);
  assertSafePath(app.packageDir, 'folder of the package');
  assertSafePath(app.moduleDir, 'folder of the module');
  closure.modules.files.forEach((file) => assertSafePath(file, 'path of the module file'));
  [...(image.tests?.tested ?? []), ...(image.tests?.untested ?? [])].forEach(({ dir, importPath }) => {
    assertSafePath(dir, 'folder of the tests');
    assertSafePath(importPath, 'import path');
  });
  const workDir = closure.modules.usesWorkFile ? '.' : app.moduleDir;
  const chosen: BlockOptions & LinkOptions = {
    ...options,
    package: app.packageDir,
    binary: image.binaryName,
    delve: options.delve ?? delveRelease,
    air: options.air ?? airRelease,
  };
  assertOneArchitecture(chosen);
  const access = moduleAccess(chosen, { file: image.dockerfile });
  return {
    ...chosen,
    chosen,
    tags: chosen.tags ?? [],
    packages: basePackages(chosen, closure),
    isAlpine: isAlpineBase(chosen),
    buildCache: buildCache(chosen),
    cgo: chosen.cgo,
    ldflags: linkerFlags(chosen, closure),
    upx: chosen.upx ?? false,
    digest: chosen.digest,
    healthcheck: chosen.healthcheck ?? false,
    goImage: goImageVersion(image, options.goVersion) + (isAlpineBase(chosen) ? '-alpine' : ''),
    goWork: goWork === undefined ? undefined : endedLines(goWork),
    delimiter: delimiterFor(goWork ?? ''),
    moduleFiles: closure.modules.files.map((file) => ({ source: file, target: relativePath(workDir, file) })),
    isVendored: closure.modules.isVendored,
    tested: (image.tests?.tested ?? []).map((each) =>
      each.isMain ? packageArgument(workDir, each.dir) : each.importPath,
    ),
    untested: (image.tests?.untested ?? []).map(({ dir }) => dir),
    workDir,
    projectRoot: app.projectRoot,
    binaryName: image.binaryName,
    package: packageArgument(workDir, app.packageDir),
    access,
    // What the RUNs of builder, test and debug need, where they download by themselves.
    buildAccess: options.depsCache === 'mount' && !closure.modules.isVendored ? access : undefined,
  };
}

/** A template of the folder `templates`, filled in. */
export function renderTemplate(name: string, view: object): string {
  return renderFrom(join(__dirname, 'templates'), name, view);
}

/** How `go build` is told of a package from the folder it runs in. */
export function packageArgument(workDir: WorkspacePath, packageDir: WorkspacePath): string {
  const path = relativePath(workDir, packageDir);
  return path === '.' ? '.' : `./${path}`;
}

function relativePath(from: WorkspacePath, to: WorkspacePath): string {
  const path = posix.relative(from, to) || '.';
  return path;
}

function goImageVersion(image: AppImage, chosen: string | undefined): string {
  const asked = image.goVersion;
  if (chosen === undefined && asked === undefined) {
    throw new GoDockerError(`No Go version is known for ${image.app.name}`, {
      location: { file: posix.join(image.app.moduleDir, 'go.mod') },
      advice: 'Add a "go" line to go.mod (go mod edit -go=1.26), or pass --goVersion.',
    });
  }
  if (chosen === undefined) return asked ?? '';
  assertGoVersion(chosen);
  if (asked !== undefined && !isAtLeast(chosen, asked)) {
    throw new GoDockerError(`Go ${chosen} is older than Go ${asked}, which ${image.app.name} asks for`, {
      location: {
        file: image.closure.modules.usesWorkFile ? 'go.work' : posix.join(image.app.moduleDir, 'go.mod'),
      },
      advice: `Choose Go ${asked} or later, or leave goVersion out.`,
    });
  }
  return chosen;
}

/** A word that is no line of the text, so that the heredoc ends where it should. */
function delimiterFor(text: string): string {
  const lines = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  let delimiter = 'EOF';
  while (lines.has(delimiter)) delimiter += '_';
  return delimiter;
}

function endedLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\n*$/, '\n');
}
