import type { ModuleClosure } from '../closure/closures';
import type { GoWorkspace } from './go-workspace';

/**
 * The Go version that a main package's files ask for, such as `1.25.3` or `1.25`: the newer of the `toolchain` and the `go` line of
 * go.work, or of the package's go.mod where Go reads no go.work. Undefined where neither says one.
 */
export function goVersionOf(
  workspace: GoWorkspace,
  moduleDir: string,
  modules: Pick<ModuleClosure, 'usesWorkFile'>,
): string | undefined {
  const file = modules.usesWorkFile
    ? workspace.workFile
    : workspace.modules.find(({ dir }) => dir === moduleDir)?.goMod;
  const toolchain = /^go(1\.\d+(?:\.\d+|rc\d+|beta\d+)?)$/.exec(file?.toolchain ?? '')?.[1];
  return toolchain ?? file?.go;
}
