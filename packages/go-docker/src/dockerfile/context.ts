import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import { renderTemplate } from './blocks';
import { ignorePattern } from './ignore-pattern';

/**
 * The managed block of `Dockerfile.dockerignore`, with both markers. It lets in the app's build closure, with a
 * `test` stage what its tests need, its module files and `sources`, and nothing else. Go files are let in by folder, so that a new one changes nothing here.
 *
 * @param sources What the Dockerfile takes from the context outside its managed blocks; may hold Docker's wildcards.
 * @throws GoDockerError for a path that no pattern stands for.
 */
export function contextBlock(image: AppImage, sources: readonly WorkspacePath[]): string {
  const { closure, tests, embeddedFolders } = image;
  const packages = closure.packages.map(({ dir }) => dir);
  const helpers = tests?.helpers.map(({ dir }) => dir) ?? [];
  const testdata = tests?.testdata ?? [];
  const others = [...new Set([...closure.files, ...(tests?.files ?? [])])].filter(
    (file) =>
      !isGoFileOf([...packages, ...helpers], file) &&
      ![...embeddedFolders, ...testdata].some((folder) => file.startsWith(`${folder}/`)),
  );
  return renderTemplate('context', {
    moduleFiles: closure.modules.files.map(ignorePattern),
    packages: packages.map((dir) => filesIn(dir, '*.go')),
    tests: tests && {
      without: tests.untested.map(({ dir }) => filesIn(dir, '*_test.go')),
      helpers: helpers.map((dir) => ({ sources: filesIn(dir, '*.go'), tests: filesIn(dir, '*_test.go') })),
      testdata: testdata.map(ignorePattern),
    },
    others: [...embeddedFolders.flatMap(folderPatterns), ...others.map((file) => `!${ignorePattern(file)}`)],
    sources,
  });
}

function filesIn(dir: WorkspacePath, pattern: string): string {
  return dir === '.' ? pattern : `${ignorePattern(dir)}/${pattern}`;
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
