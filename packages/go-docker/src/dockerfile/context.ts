import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { renderTemplate } from './blocks';
import { ignorePattern } from './ignore-pattern';

/**
 * The managed block of `Dockerfile.dockerignore`, with both markers. It lets in the app's build closure, its module files and
 * `sources`, and nothing else. Go files are let in by folder, so that a new one changes nothing here.
 *
 * @param sources What the Dockerfile takes from the context outside its managed blocks; may hold Docker's wildcards.
 * @throws GoDockerError for a path that no pattern stands for.
 */
export function contextBlock(image: AppImage, sources: readonly WorkspacePath[]): string {
  const { closure, embeddedFolders } = image;
  const packages = closure.packages.map(({ dir }) => dir);
  const others = closure.files.filter(
    (file) => !isGoFileOf(packages, file) && !embeddedFolders.some((folder) => file.startsWith(`${folder}/`)),
  );
  return renderTemplate('context', {
    moduleFiles: closure.modules.files.map(ignorePattern),
    packages: packages.map((dir) => (dir === '.' ? '*.go' : `${ignorePattern(dir)}/*.go`)),
    others: [...embeddedFolders.flatMap(folderPatterns), ...others.map((file) => `!${ignorePattern(file)}`)],
    sources,
  });
}

function isGoFileOf(packages: readonly WorkspacePath[], file: WorkspacePath): boolean {
  const slash = file.lastIndexOf('/');
  const dir = slash < 0 ? '.' : file.slice(0, slash);
  return file.endsWith('.go') && !file.endsWith('_test.go') && packages.includes(dir);
}

/** A folder that is embedded without the files that Go leaves out of one: those whose names begin with `.` or `_`. */
function folderPatterns(folder: WorkspacePath): readonly string[] {
  const pattern = ignorePattern(folder);
  return [`!${pattern}`, `${pattern}/**/.*`, `${pattern}/**/_*`];
}
