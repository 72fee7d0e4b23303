import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openArchive, type ArchivedImage } from '@go-docker/oci-image';
import { dockerIn } from '../../docker/docker';
import { GoDockerError } from '../../../errors';
import { imageFor, type BaseImages } from './base-images';

/**
 * The images of the local Docker, where there is one. Each is saved once.
 *
 * @param directory A folder of this build, which archives are written to.
 */
export function dockerImages(workspaceRoot: string, directory: string, signal: AbortSignal): BaseImages {
  const docker = dockerIn(workspaceRoot, signal);
  const saved = new Map<string, Promise<readonly ArchivedImage[]>>();
  return {
    async find(reference, platform) {
      const known = saved.get(reference) ?? save(reference);
      saved.set(reference, known);
      return imageFor(await known, platform);
    },
  };

  async function save(reference: string): Promise<readonly ArchivedImage[]> {
    if (!(await isThere(reference))) return [];
    mkdirSync(directory, { recursive: true });
    const archive = join(directory, `${saved.size}.tar`);
    const { exitCode, stderr } = await docker.run(['image', 'save', `--output=${archive}`, reference]);
    if (exitCode !== 0)
      throw new GoDockerError(`Docker does not give out its image ${reference}`, { output: stderr });
    return (await openArchive(archive)).images;
  }

  async function isThere(reference: string): Promise<boolean> {
    // Never an option of docker's.
    if (!/^[A-Za-z0-9]/.test(reference)) return false;
    try {
      return (await docker.run(['image', 'inspect', '--format={{.Id}}', reference])).exitCode === 0;
    } catch (error) {
      // Without a docker program there is no image of it either.
      if (error instanceof GoDockerError) return false;
      throw error;
    }
  }
}
