import { rootCertificates } from 'node:tls';
import { type FileSystem, readGoWorkspace, type WorkspacePath } from '@go-docker/go-workspace';
import { certificatesFile, withCertificates } from '../dockerfile/rootfs';
import { GoDockerError, isMeantToBeRead } from '../errors';
import { isOurs } from '../managed-block/managed-block';
import { newestPatch } from './go-releases';
import type { BaseRequest, Move, MovedFiles } from './move';
import { movedDockerfile } from './moved-dockerfile';
import type { Sources } from './sources';

export interface MovedBases extends MovedFiles {
  /** Why some could not be moved, each once and fit to be read. */
  readonly problems: readonly Error[];
}

/**
 * All files with newer base images, Go releases, tools and certificates. Where a source gives no answer, or one app's files cannot be read,
 * the rest moves all the same.
 *
 * @param dockerfiles Whose ever they are: those without managed blocks are left alone.
 * @throws GoDockerError where there is no such Go release; GoWorkspaceError where the workspace cannot be read.
 */
export async function movedBases(
  files: FileSystem,
  dockerfiles: readonly WorkspacePath[],
  request: BaseRequest,
  sources: Sources,
): Promise<MovedBases> {
  const problems = new Map<string, Error>();
  const complain = (error: unknown): undefined => {
    if (!isMeantToBeRead(error)) throw error;
    problems.set(error.message, error);
  };
  const ours = dockerfiles.filter((path) => isOurs(files.readFile(path) ?? '')).toSorted();
  const workspace = ours.length === 0 ? undefined : readGoWorkspace(files);
  if (request.go !== undefined) await assertRelease(request.go, sources);
  const moved = await Promise.all(
    ours.map(
      (file) => workspace && movedDockerfile(workspace, file, request, sources, complain).catch(complain),
    ),
  );
  const all = [...moved, attempted(() => movedCertificates(files, request), complain)].filter(
    (each) => each !== undefined,
  );
  return {
    texts: new Map(all.flatMap(({ texts }) => [...texts])),
    moves: all.flatMap(({ moves }) => moves),
    problems: [...problems.values()],
  };
}

/** Where the proxy does not answer, the image of the release will show whether it is there. */
async function assertRelease(wanted: string, sources: Sources): Promise<void> {
  const releases = await sources.goReleases().catch(() => undefined);
  if (!releases || releases.includes(wanted)) return;
  const isMinor = /^\d+\.\d+$/.test(wanted);
  const newest = newestPatch(releases, wanted);
  if (isMinor && newest !== undefined) return;
  throw new GoDockerError(`There is no release ${wanted} of Go`, {
    advice:
      newest === undefined ? 'Write it as Go does: 1.27.1.' : `The newest one of its series is ${newest}.`,
  });
}

function attempted<T>(action: () => T, complain: (error: unknown) => undefined): T | undefined {
  try {
    return action();
  } catch (error) {
    return complain(error);
  }
}

/** Those that Node was released with, in place of those that it was released with before. */
function movedCertificates(files: FileSystem, { only }: BaseRequest): MovedFiles | undefined {
  const text = files.readFile(certificatesFile);
  if (text === undefined || !only.includes('certificates')) return undefined;
  const after = withCertificates(text, rootCertificates);
  if (after === text) return undefined;
  const move: Move = {
    what: 'root certificates',
    from: String(certificatesIn(text)),
    to: `${certificatesIn(after)}, as Node ${process.versions.node} has them`,
    file: certificatesFile,
  };
  return { texts: new Map([[certificatesFile, after]]), moves: [move] };
}

function certificatesIn(text: string): number {
  return text.match(/^-----BEGIN CERTIFICATE-----/gm)?.length ?? 0;
}
