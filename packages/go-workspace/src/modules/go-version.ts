import type { WorkspacePath } from '../files/workspace-path';
import type { GoWorkspace } from './go-workspace';
import { compareVersions } from './version';

/**
 * The Go version that the files of a module ask for, such as `1.25.3` or `1.25`: the newer of the `toolchain` and the `go` line of
 * go.work, or of the module's go.mod where Go reads no go.work. Undefined where neither is there.
 *
 * @param reads Whether Go reads go.work, where that is already known.
 */
export function goVersionOf(
  workspace: GoWorkspace,
  moduleDir: WorkspacePath,
  reads?: { readonly usesWorkFile: boolean },
): string | undefined {
  const module = workspace.modules.find(({ dir }) => dir === moduleDir);
  const usesWorkFile = reads?.usesWorkFile ?? (module?.inWorkFile === true && !module.hasVendor);
  const file = usesWorkFile ? workspace.workFile : module?.goMod;
  const go = file?.go;
  // `default` and custom toolchains such as `go1.25.3-corp` name no release.
  const toolchain = /^go(1\.\d+(?:\.\d+|rc\d+|beta\d+)?)$/.exec(file?.toolchain ?? '')?.[1];
  if (go === undefined || toolchain === undefined) return toolchain ?? go;
  return isGoVersionAtLeast(toolchain, go) ? toolchain : go;
}

/** Whether the Go version of a `go` line is `least` or a later one. */
export function isGoVersionAtLeast(version: string, least: string): boolean {
  return compareVersions(semantic(version), semantic(least)) >= 0;
}

/** `1.25rc1` as `v1.25.0-rc1`, `1.25` as `v1.25.0`. */
function semantic(goVersion: string): string {
  const [, minor = '', patch = '.0', prerelease = ''] = /^(1\.\d+)(\.\d+)?(\D+\d+)?$/.exec(goVersion) ?? [];
  return `v${minor}${patch}${prerelease && `-${prerelease}`}`;
}
