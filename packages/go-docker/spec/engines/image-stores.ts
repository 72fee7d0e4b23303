import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The Docker engines that these tests need: one with each of Docker's two image stores. */
export interface ImageStore {
  readonly store: 'containerd' | 'classic';
  /** What leads `docker` there. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const imageStores: readonly ImageStore[] = [
  { store: 'containerd', env: { DOCKER_HOST: process.env['DOCKER_HOST'] } },
  {
    store: 'classic',
    env: { DOCKER_HOST: process.env['GO_DOCKER_CLASSIC_HOST'] ?? '' },
  },
];

export const BASE_IMAGE = 'alpine:3.22';

/** @throws Error that says what is missing, so that these tests fail where they cannot show anything. */
export function requireImageStore({ store, env }: ImageStore): void {
  if (env['DOCKER_HOST'] === '')
    throw new Error(
      'GO_DOCKER_CLASSIC_HOST is not set.\n→ Run the tests with `npm test`, which starts that engine.',
    );
  const status = docker(env, 'info', '--format', '{{json .DriverStatus}}');
  const actual = status.includes('io.containerd.snapshotter') ? 'containerd' : 'classic';
  if (actual !== store) {
    throw new Error(
      `These tests need an engine with the ${store} image store; ${env['DOCKER_HOST'] ?? 'the default one'} has the ${actual} one. ` +
        'DOCKER_HOST names the one with containerd, GO_DOCKER_CLASSIC_HOST the classic one.',
    );
  }
  const baseImages = join(__dirname, '../../../../tools/base-images.mjs');
  execFileSync(process.execPath, [baseImages, BASE_IMAGE], {
    env: { ...process.env, ...env },
    stdio: 'pipe',
  });
}

function docker(env: ImageStore['env'], ...args: readonly string[]): string {
  return execFileSync('docker', args, { env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' });
}
