import { posix } from 'node:path';
import {
  buildClosure,
  findApps,
  goVersionOf,
  isWithin,
  prunedGoWork,
  testClosure,
  type BuildClosure,
  type BuildTarget,
  type GoApp,
  type GoWorkspace,
  type TestClosure,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import type { BlockName } from '../dockerfile/block-keys';
import { packagesLetIn } from '../dockerfile/packages-let-in';
import { parsePlatform } from '../dockerfile/parse-platform';
import { recordedOptions } from '../dockerfile/recorded-options';
import { GoDockerError } from '../errors';
import { managedBlocks } from '../managed-block/managed-block';
import { embeddedFolders } from './embedded-folders';
import { assertGoVersion, isAtLeast } from './go-version';
import { assertSafeName, assertSafePath } from './safe-name';
import { once } from '../once';

/** Everything the files of one image are rendered from. */
export interface AppImage {
  readonly app: GoApp;
  /** Where its Dockerfile lies, or is to be written; the ignore file lies beside it. */
  readonly dockerfile: WorkspacePath;
  /** Name of the program: `/out/<name>` in `builder`, `/usr/local/bin/<name>` in `runner`. */
  readonly binaryName: string;
  /** The Go release that go.work or go.mod asks for, such as `1.26.8`; undefined where neither has a `go` line. */
  readonly goVersion?: string;
  /** With a `test` stage, its modules are also those that tests need. */
  readonly closure: BuildClosure;
  /** What the `test` stage needs besides; undefined where there is none. */
  readonly tests?: TestClosure;
  /** Folders that the closure, or its tests, embed whole. */
  readonly embeddedFolders: readonly WorkspacePath[];
  /** Folders whose files another target makes: Go files, embedded files, assets. */
  readonly generated: readonly WorkspacePath[];
  /** The go.work of the image; undefined where it builds with `GOWORK=off`. */
  readonly goWork?: string;
}

/** What a build closure is for, and what of it may not be there. */
export interface ImageTarget extends BuildTarget {
  /** Folders whose files another target makes. */
  readonly generated: readonly WorkspacePath[];
  /** Packages that count as imported while generated code is missing. */
  readonly assumed: readonly WorkspacePath[];
  /** Whether a `test` stage is to come where there is none. */
  readonly tests: boolean;
}

/**
 * What the files of a Dockerfile's image are rendered from: the package that its `builder` block names, else the app whose project
 * folder it lies in. Platforms, tags and Go release are those its blocks record.
 *
 * @param dockerfileText Empty for a Dockerfile that is yet to be written.
 * @param target What the build closure is for, where neither the blocks nor {@link defaultPlatforms} say it, and whether a `test` stage is
 * to come where there is none.
 * @returns undefined where no app belongs to the Dockerfile.
 * @throws GoDockerError where the package that the block names is no main package of the workspace, or several apps could be meant.
 */
export function appImageOf(
  ws: GoWorkspace,
  dockerfilePath: WorkspacePath,
  dockerfileText: string,
  target: Partial<ImageTarget> = {},
): AppImage | undefined {
  const recorded = recordedOptions(dockerfileText, dockerfilePath);
  const app = appOf(findApps(ws), dockerfilePath, recorded);
  return (
    app &&
    imageOf(
      ws,
      app,
      { dockerfile: dockerfilePath, binaryName: recorded.binary ?? app.name },
      {
        ...(recorded.platforms && {
          platforms: recorded.platforms.map((platform) => parsePlatform(platform)),
        }),
        ...(recorded.tags && { tags: recorded.tags }),
        ...(recorded.cgo && { cgo: true }),
        ...(recorded.goVersion !== undefined && { goVersion: recorded.goVersion }),
        generated: recorded.generated ?? [],
        assumed: assumedPackages(ws, dockerfilePath, recorded.generated ?? []),
        ...target,
        tests: target.tests || hasBlock(dockerfileText, dockerfilePath, 'test'),
      },
    )
  );
}

/** The platforms that files are let into the build context for, unless others were asked for. */
export const defaultPlatforms = ['linux/amd64', 'linux/arm64'] as const;

function hasBlock(text: string, file: WorkspacePath, block: BlockName): boolean {
  return managedBlocks(text, file).some(({ name }) => name === block);
}

function imageOf(
  ws: GoWorkspace,
  app: GoApp,
  { dockerfile, binaryName }: Pick<AppImage, 'dockerfile' | 'binaryName'>,
  chosen: Partial<ImageTarget>,
): AppImage {
  assertSafePath(app.packageDir, 'folder of the package');
  assertSafePath(dockerfile, 'path of the Dockerfile');
  assertSafeName(binaryName, 'app', { file: app.packageDir });
  const target: BuildTarget = {
    platforms: chosen.platforms ?? defaultPlatforms.map((platform) => parsePlatform(platform)),
    cgo: chosen.cgo ?? false,
    tags: chosen.tags ?? [],
    goVersion: laterOf(chosen.goVersion, anyGoVersion(ws, app)),
  };
  const build = buildClosure(ws, app.packageDir, target, {
    folders: chosen.generated ?? [],
    assumed: chosen.assumed ?? [],
  });
  const tests = chosen.tests ? testClosure(ws, build, target) : undefined;
  const closure = tests ? { ...build, modules: tests.modules } : build;
  const goWork = once(() => prunedGoWork(ws, closure.modules));
  const wholeFolders = once(() =>
    embeddedFolders(ws.files, [...closure.packages, ...(tests ? [...tests.tested, ...tests.helpers] : [])]),
  );
  return {
    app,
    dockerfile,
    binaryName,
    goVersion: askedGoVersion(ws, app, closure.modules.usesWorkFile),
    closure,
    ...(tests && { tests }),
    generated: chosen.generated ?? [],
    // The graph, which is made on every command of Nx, asks for neither of these.
    get embeddedFolders() {
      return wholeFolders();
    },
    get goWork() {
      return goWork();
    },
  };
}

/**
 * While generated code is not there, the ignore file tells what it imports: so the blocks are the same with it and without.
 *
 * @param generated As the Dockerfile records it. Another package without Go files is gone.
 */
function assumedPackages(
  ws: GoWorkspace,
  dockerfile: WorkspacePath,
  generated: readonly WorkspacePath[],
): readonly WorkspacePath[] {
  const ignoreFile = `${dockerfile}.dockerignore`;
  const text = generated.length === 0 ? undefined : ws.files.readFile(ignoreFile);
  if (text === undefined) return [];
  const hasGoFiles = (dir: WorkspacePath): boolean =>
    ws.files.readDirectory(dir).some(({ name }) => name.endsWith('.go'));
  return packagesLetIn(text, ignoreFile).filter(
    (dir) => hasGoFiles(dir) || generated.some((folder) => isWithin(folder, dir)),
  );
}

/** A recorded release counts until the workspace asks for a later one. */
function laterOf(chosen: string | undefined, asked: string): string {
  return chosen !== undefined && isAtLeast(chosen, asked) ? chosen : asked;
}

/** Go takes a go.mod without a `go` line for one of Go 1.16. (https://go.dev/ref/mod#go-mod-file-go) */
function anyGoVersion(ws: GoWorkspace, app: GoApp): string {
  const usesWorkFile = ws.modules.some(({ dir, inWorkFile }) => dir === app.moduleDir && inWorkFile);
  return askedGoVersion(ws, app, usesWorkFile) ?? '1.16';
}

function askedGoVersion(ws: GoWorkspace, app: GoApp, usesWorkFile: boolean): string | undefined {
  const version = goVersionOf(ws, app.moduleDir, { usesWorkFile });
  if (version !== undefined) {
    assertGoVersion(version, { file: usesWorkFile ? 'go.work' : posix.join(app.moduleDir, 'go.mod') });
  }
  return version;
}

function appOf(
  apps: readonly GoApp[],
  dockerfilePath: WorkspacePath,
  { package: packageDir, location }: ReturnType<typeof recordedOptions>,
): GoApp | undefined {
  if (packageDir !== undefined) {
    const named = apps.find((app) => app.packageDir === packageDir);
    if (named) return named;
    throw new GoDockerError(`The package ${packageDir} is no main package of the workspace`, {
      location,
      advice:
        '`nx sync` follows an app that was moved with its Dockerfile. Otherwise write the folder of the main package after "package=", or put the package back.',
    });
  }
  const here = apps.filter(({ projectRoot }) => projectRoot === posix.dirname(dockerfilePath));
  if (here.length < 2) return here[0];
  throw new GoDockerError(
    `Several main packages belong to this Dockerfile: ${here.map((app) => app.packageDir).join(', ')}`,
    {
      location: { file: dockerfilePath },
      advice: 'Give each one a folder of its own.',
    },
  );
}
