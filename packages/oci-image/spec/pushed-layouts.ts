import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BUILD_EPOCH, openArchive, writeLayout } from '../src/index';
import {
  addIndex,
  addManifest,
  BASE_TIME,
  type Files,
  ociFiles,
  tarOf,
  temporaryFolder,
  writeFiles,
} from './archives';
import { crane } from './registry';

export { SETTINGS } from './base-image';

const folder = temporaryFolder();

/** Writes a layout for linux on each of the architectures: one base of 2.5 MB that nothing could make small, an app of its own for each. */
export async function layoutFor(...architectures: readonly string[]) {
  const files: Files = ociFiles();
  const manifests = [];
  const content = randomBytes(2_500_000);
  const base = { tar: await tarOf([{ name: 'etc/os-release', content }]), created: BASE_TIME };
  for (const platform of architectures) {
    const [architecture, variant] = platform.split('/');
    const app = { tar: await tarOf([{ name: 'app', content: `program for ${platform}` }]) };
    manifests.push(addManifest(files, { layers: [base, app], architecture, variant }));
  }
  addIndex(files, manifests);
  const directory = join(folder, architectures.join('-').replaceAll('/', ''));
  const archive = await openArchive(await writeFiles(`${directory}.tar`, files));
  const summary = await writeLayout(directory, [archive], { buildEpoch: BUILD_EPOCH, baseLayers: 'kept' });
  return { directory, summary };
}

/** What crane says of a manifest or an index. */
export interface Manifest {
  readonly artifactType?: string;
  readonly annotations?: Record<string, string>;
  readonly manifests?: readonly { digest: string; artifactType?: string; platform?: unknown }[];
  readonly layers: readonly { digest: string; mediaType: string }[];
  readonly subject?: { digest: string };
}

export function manifestOf(reference: string): Manifest {
  return JSON.parse(crane('manifest', reference)) as Manifest;
}
