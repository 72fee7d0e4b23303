import type { FileSystem, PackageFiles, WorkspacePath } from '@go-docker/go-workspace';

/**
 * The folders that packages embed whole, the topmost ones only, sorted: every file below them is embedded, but for those whose names
 * begin with `.` or `_`, of which none is. For them one pattern says what a list of files would, and still does after a file was added.
 * (https://pkg.go.dev/embed: what a pattern that names a folder leaves out.)
 */
export function embeddedFolders(
  files: FileSystem,
  packages: readonly Pick<PackageFiles, 'dir' | 'embedFiles'>[],
): readonly WorkspacePath[] {
  const packageDirs = new Set(packages.map(({ dir }) => dir));
  const embedded = new Set(packages.flatMap(({ embedFiles }) => embedFiles));
  const isWhole = (dir: WorkspacePath): boolean =>
    !packageDirs.has(dir) &&
    files.readDirectory(dir).every((entry) => {
      const path = `${dir}/${entry.name}`;
      if (entry.link) return false;
      if (/^[._]/.test(entry.name)) return !isEmbedded(path, embedded);
      return entry.kind === 'directory' ? isWhole(path) : embedded.has(path);
    });
  const whole = new Set<WorkspacePath>();
  for (const file of embedded) {
    const folder = ancestors(file).find(isWhole);
    if (folder !== undefined) whole.add(folder);
  }
  return [...whole].sort();
}

function isEmbedded(path: WorkspacePath, embedded: ReadonlySet<WorkspacePath>): boolean {
  return embedded.has(path) || [...embedded].some((file) => file.startsWith(`${path}/`));
}

/** The folders above a file, the topmost first. */
function ancestors(file: WorkspacePath): readonly WorkspacePath[] {
  const elements = file.split('/').slice(0, -1);
  return elements.map((_, index) => elements.slice(0, index + 1).join('/'));
}
