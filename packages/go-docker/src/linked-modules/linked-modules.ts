import { createHash } from 'node:crypto';
import type { BuildClosure, GoWorkspace, WorkspacePath } from '@go-docker/go-workspace';

/**
 * What go.mod, go.work and their checksum files decide about a program: whatever else changes in them, the program stays the same. Plain
 * JSON in a fixed order, because Nx compares it by its bytes.
 */
export interface LinkedModules {
  /** The modules of the workspace that packages come from: their `go` lines choose the language. */
  readonly local: readonly { readonly path: string; readonly go?: string }[];
  /** The lines of go.work, or of the one go.mod, that say how it is built. */
  readonly settings: {
    readonly go?: string;
    readonly toolchain?: string;
    readonly godebug: readonly string[];
  };
  readonly external: readonly ExternalModule[] | ModuleDigests;
}

/** A module that packages come from. Its version stands for its content: nothing else may be published under it. */
export interface ExternalModule {
  readonly path: string;
  readonly version: string;
  /** What is linked in its place. */
  readonly replacement?: { readonly path: string; readonly version: string };
}

/** SHA-256 by file, where Go could not say which modules are linked: then every change counts. */
export interface ModuleDigests {
  readonly digests: Readonly<Record<WorkspacePath, string>>;
}

/** @param external Undefined where Go could not say which modules are linked. */
export function linkedModules(
  workspace: GoWorkspace,
  { modules, packages }: BuildClosure,
  external: readonly ExternalModule[] | undefined,
): LinkedModules {
  const dirs = new Set(packages.map(({ moduleDir }) => moduleDir));
  const local = workspace.modules.filter(({ dir }) => dirs.has(dir));
  const main = packages[0] && local.find(({ dir }) => dir === packages[0]?.moduleDir);
  const settings = modules.usesWorkFile ? workspace.workFile : main?.goMod;
  return {
    local: local.map(({ path, goMod: { go } }) => ({ path, go })),
    settings: {
      go: settings?.go,
      toolchain: settings?.toolchain,
      godebug: (settings?.godebug ?? []).map(({ key, value }) => `${key}=${value}`).sort(),
    },
    external: external ? inOrder(external) : { digests: digestsOf(workspace, modules) },
  };
}

/** Each once: platforms have most of them in common. */
function inOrder(modules: readonly ExternalModule[]): readonly ExternalModule[] {
  const byPath = new Map(modules.map((module) => [`${module.path} ${module.version}`, module]));
  return [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, module]) => module);
}

function digestsOf(
  { files }: GoWorkspace,
  modules: BuildClosure['modules'],
): Readonly<Record<WorkspacePath, string>> {
  const paths = [...modules.files, ...(modules.usesWorkFile ? ['go.work'] : [])].sort();
  const digest = (path: WorkspacePath): string =>
    createHash('sha256')
      .update(files.readFile(path) ?? '')
      .digest('hex');
  return Object.fromEntries(paths.map((path) => [path, digest(path)]));
}
