import { dockerIn } from '../engines/docker/docker';
import { GoDockerError } from '../errors';
import { property } from '../graph/projects/project-json';

const PATIENCE_MILLISECONDS = 60_000;

/**
 * The digest that a registry has for a tag: of the index with all platforms, where there is one. Asks with the credentials of
 * `docker login`; no engine has to run.
 *
 * @throws GoDockerError where no registry answers, or there is no docker program with buildx.
 */
export async function imageDigest(reference: string): Promise<string> {
  const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  const docker = dockerIn(process.cwd(), signal);
  const inspect = ['buildx', 'imagetools', 'inspect', reference, '--format', '{{json .Manifest}}'];
  const { exitCode, stdout, stderr } = await docker.run(inspect).catch((error: unknown) => {
    throw signal.aborted ? unknown(reference, `no answer in ${PATIENCE_MILLISECONDS / 1000} s`) : error;
  });
  if (exitCode !== 0) throw unknown(reference, lastLine(stderr));
  const digest = digestIn(stdout);
  if (digest === undefined) throw unknown(reference, `docker says ${lastLine(stdout)}`);
  return digest;
}

function digestIn(json: string): string | undefined {
  try {
    const digest = property(JSON.parse(json), 'digest');
    return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : undefined;
  } catch {
    return undefined;
  }
}

function unknown(reference: string, why: string): GoDockerError {
  return new GoDockerError(`The digest of ${reference} is not known: ${why}`);
}

function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').replace(/^ERROR: /, '');
}
