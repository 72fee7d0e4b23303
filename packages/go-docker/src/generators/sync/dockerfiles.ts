import type { WorkspacePath } from '@go-docker/go-workspace';

/** Files that may be Dockerfiles, by the names that Docker's own documents use. */
export const dockerfilePatterns = ['**/Dockerfile', '**/Dockerfile.*', '**/*.Dockerfile'];

/** An ignore file is called after its Dockerfile. */
export function isDockerfile(path: WorkspacePath): boolean {
  return !path.endsWith('.dockerignore');
}
