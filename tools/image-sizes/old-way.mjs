// The images as articles build them: a Dockerfile written by hand, the app's folder as the context.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture } from '../machine/run.mjs';
import { savedImageSizes } from './saved-image.mjs';

/**
 * Builds one image and measures it; the image itself is removed.
 *
 * @param {string} benchmark the folder benchmarks/image-sizes
 * @param {{ target: string, base: string }} old
 * @param {{ parts?: ('base' | 'app')[], env?: NodeJS.ProcessEnv }} [options] what to measure: both parts unless said
 */
export async function oldWaySizes(benchmark, app, old, { parts = ['base', 'app'], env = process.env } = {}) {
  const docker = (...args) => capture('docker', args, { env, timeout: 20 * 60_000 });
  const image = `go-docker-old-way/${app}-${old.target}:${process.pid}`;
  const directory = mkdtempSync(join(tmpdir(), 'go-docker-old-way-'));
  try {
    docker(
      ...['buildx', 'build', '--quiet', '--load', '--provenance=false', '--tag', image],
      ...['--file', join(benchmark, 'old-way', `${app}.Dockerfile`), '--target', old.target],
      join(benchmark, 'apps', app),
    );
    const archive = join(directory, 'image.tar');
    docker('save', '--output', archive, image);
    capture('tar', ['--extract', '--file', archive, '--directory', directory]);
    rmSync(archive);
    return await savedImageSizes(directory, baseDiffIds(docker, old.base), parts);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    // Where the build failed there is none, and its own words are the ones to show.
    if (docker('image', 'ls', '--quiet', image) !== '') docker('image', 'rm', '--force', image);
  }
}

function baseDiffIds(docker, base) {
  if (base === 'scratch') return [];
  return JSON.parse(docker('image', 'inspect', '--format={{json .RootFS.Layers}}', base));
}
