import { posix } from 'node:path';
import {
  buildClosure,
  findApps,
  goVersionOf,
  prunedGoWork,
  type BuildTarget,
  type GoApp,
  type GoWorkspace,
  type WorkspacePath,
} from '@go-docker/go-workspace';
import { parsePlatform, recordedOptions } from '../dockerfile/recorded-options';
import { GoDockerError } from '../errors';
import type { AppImage } from './app-image';
import { embeddedFolders } from './embedded-folders';
import { assertGoVersion } from './go-version';
import { assertSafeName, assertSafePath } from './safe-name';

/**
 * What the files of every Go app in the workspace are rendered from, sorted by package.
 *
 * @param target What the build closures are for, where it is not {@link defaultPlatforms} and the Go release of the workspace.
 * @throws GoDockerError where two apps have one name, and where a name or folder cannot stand in a Dockerfile.
 * @throws GoWorkspaceError where the workspace cannot be read as Go would.
 */
export function appImages(ws: GoWorkspace, target: Partial<BuildTarget> = {}): readonly AppImage[] {
  const apps = findApps(ws);
  assertDistinct(apps);
  return apps.map((app) => imageOf(ws, app, app.name, target));
}

/**
 * What the files of the image of an existing Dockerfile are rendered from: the package that its `builder` block names, else the app
 * whose project folder it lies in. Platforms, tags and Go release are those its blocks record.
 *
 * @returns undefined where no app belongs to the Dockerfile.
 * @throws GoDockerError where the package that the block names is no main package of the workspace, or several apps could be meant.
 */
export function appImageOf(
  ws: GoWorkspace,
  dockerfilePath: WorkspacePath,
  dockerfileText: string,
  target: Partial<BuildTarget> = {},
): AppImage | undefined {
  const recorded = recordedOptions(dockerfileText, dockerfilePath);
  const app = appOf(findApps(ws), dockerfilePath, recorded);
  return (
    app &&
    imageOf(ws, app, recorded.binaryName ?? app.name, {
      ...(recorded.platforms && { platforms: recorded.platforms.map((platform) => parsePlatform(platform)) }),
      ...(recorded.tags && { tags: recorded.tags }),
      ...(recorded.goVersion !== undefined && { goVersion: recorded.goVersion }),
      ...target,
    })
  );
}

/** The platforms that files are let into the build context for, unless others were asked for. */
export const defaultPlatforms = ['linux/amd64', 'linux/arm64'] as const;

function imageOf(ws: GoWorkspace, app: GoApp, binaryName: string, target: Partial<BuildTarget>): AppImage {
  assertSafePath(app.packageDir, 'folder of the package');
  assertSafeName(binaryName, 'app', { file: app.packageDir });
  const closure = buildClosure(ws, app.packageDir, {
    platforms: target.platforms ?? defaultPlatforms.map((platform) => parsePlatform(platform)),
    cgo: target.cgo ?? false,
    tags: target.tags ?? [],
    goVersion: target.goVersion ?? anyGoVersion(ws, app),
  });
  return {
    app,
    binaryName,
    goVersion: askedGoVersion(ws, app, closure.modules.usesWorkFile),
    closure,
    embeddedFolders: embeddedFolders(ws.files, closure),
    goWork: prunedGoWork(ws, closure.modules),
  };
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

function assertDistinct(apps: readonly GoApp[]): void {
  const seen = new Map<string, GoApp>();
  for (const app of apps) {
    const other = seen.get(app.name);
    if (other) {
      throw new GoDockerError(
        `Two apps have the name ${app.name}: ${other.packageDir} and ${app.packageDir}`,
        {
          location: { file: app.packageDir },
          advice: 'Rename the folder of one of them: the name of a project is that of its folder.',
        },
      );
    }
    seen.set(app.name, app);
  }
}

function appOf(
  apps: readonly GoApp[],
  dockerfilePath: WorkspacePath,
  { packageDir, location }: ReturnType<typeof recordedOptions>,
): GoApp | undefined {
  if (packageDir !== undefined) {
    const named = apps.find((app) => app.packageDir === packageDir);
    if (named) return named;
    throw new GoDockerError(`The package ${packageDir} is no main package of the workspace`, {
      location,
      advice: 'Write the folder of the main package after "package=", or put the package back.',
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
