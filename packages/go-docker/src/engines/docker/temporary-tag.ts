import { randomBytes } from 'node:crypto';
import { type Docker, dockerIn } from './docker';

const REPOSITORY = 'go-docker-build';

/** Gives `use` a tag that no other build has, and removes it afterwards, also after an interruption. */
export async function withTemporaryTag<T>(cwd: string, use: (tag: string) => Promise<T>): Promise<T> {
  const unique = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const tag = `${REPOSITORY}:${Date.now().toString(36)}-${unique}`;
  try {
    return await use(tag);
  } finally {
    // The build's own signal may have been given already.
    const docker = dockerIn(cwd, AbortSignal.timeout(2000));
    await docker.run(['image', 'rm', '--force', tag]).catch(() => undefined);
  }
}

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Removes the tags of builds that were killed before they could do so: those of another day, as the tag itself tells. */
export async function sweepTemporaryTags(docker: Docker): Promise<void> {
  const { stdout } = await docker.run(['image', 'ls', '--format={{.Tag}}', REPOSITORY]);
  const old = stdout.split(/\r?\n/).filter((tag) => {
    const [, time] = /^([0-9a-z]+)-\d+-[0-9a-f]{8}$/.exec(tag) ?? [];
    return time !== undefined && Date.now() - Number.parseInt(time, 36) > DAY_MILLISECONDS;
  });
  if (old.length > 0) await docker.run(['image', 'rm', ...old.map((tag) => `${REPOSITORY}:${tag}`)]);
}
