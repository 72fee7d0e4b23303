import type { Docker } from '../../engines/docker/docker';

/**
 * Who the container runs as, so that the files it makes in the workspace belong to whoever started it: `uid:gid`.
 *
 * @returns undefined where there are no such numbers: on Windows.
 */
export async function dockerUser(docker: Docker): Promise<string | undefined> {
  if (process.getuid === undefined || process.getgid === undefined) return undefined;
  const { stdout } = await docker.run(['info', '--format={{json .SecurityOptions}}']);
  // There, root in the container is the user who runs the daemon. (https://docs.docker.com/engine/security/rootless/)
  if (stdout.includes('name=rootless')) return '0:0';
  return `${process.getuid()}:${process.getgid()}`;
}
