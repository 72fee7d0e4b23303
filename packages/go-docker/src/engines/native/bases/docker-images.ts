import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openArchive, type ArchivedImage } from '@go-docker/oci-image';
import { dockerIn } from '../../docker/docker';
import { GoDockerError } from '../../../errors';
import { onceEach } from '../../../once';
import { imageFor, type BaseImages } from './base-images';

/**
 * The images of the local Docker, where there is one. Each is asked for and saved once.
 *
 * @param directory Archives are written to it; it is made in a folder that is there.
 */
export function dockerImages(directory: string, signal: AbortSignal): BaseImages {
  const docker = dockerIn(dirname(directory), signal);
  const configOf = onceEach(inspect);
  const savedAs = onceEach(save);
  let archives = 0;
  return {
    async find(reference, platform) {
      return imageFor(await savedAs(reference), platform);
    },
    async told(reference) {
      const config = await configOf(reference);
      return config === undefined ? undefined : (JSON.parse(config) as Record<string, unknown>);
    },
  };

  async function save(reference: string): Promise<readonly ArchivedImage[]> {
    if ((await configOf(reference)) === undefined) return [];
    mkdirSync(directory, { recursive: true });
    const archive = join(directory, `${++archives}.tar`);
    const { exitCode, stderr } = await docker.run(['image', 'save', `--output=${archive}`, reference]);
    if (exitCode !== 0)
      throw new GoDockerError(`Docker does not give out its image ${reference}`, { output: stderr });
    // Docker may have fetched one platform of an image that lists many.
    return (await openArchive(archive, { partial: true })).images;
  }

  /** @returns The image's config as JSON; undefined where there is none. */
  async function inspect(reference: string): Promise<string | undefined> {
    // Never an option of docker's.
    if (!/^[A-Za-z0-9]/.test(reference)) return undefined;
    try {
      const { exitCode, stdout } = await docker.run([
        'image',
        'inspect',
        '--format={{json .Config}}',
        reference,
      ]);
      return exitCode === 0 ? stdout : undefined;
    } catch (error) {
      // Without a docker program there is no image of it either.
      if (error instanceof GoDockerError) return undefined;
      throw error;
    }
  }
}
