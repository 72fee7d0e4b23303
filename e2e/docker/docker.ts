import { randomBytes } from 'node:crypto';
import { neutralEnvironment } from '../workspace/environment';
import { run, start, succeed, type Finished, type ProgramOptions } from '../workspace/program';

/** A Docker engine, told apart by where it keeps images. */
export interface Docker {
  readonly store: 'containerd' | 'classic';
  /** What a program must have in its environment to reach this engine. */
  readonly env: Readonly<Record<string, string>>;
}

/** The engine that `docker` finds without being told. */
export const containerdStore: Docker = { store: 'containerd', env: {} };

/** The engine with Docker's older image store; `npm test` says where it listens. */
export const classicStore: Docker = {
  store: 'classic',
  env: { DOCKER_HOST: process.env.GO_DOCKER_CLASSIC_HOST ?? '' },
};

const images = new Map<string, Docker>();
const containers = new Map<string, Docker>();
/** What `docker load` made of layouts without a name; containerd's store keeps it when the last name is gone. */
const unnamed = new Map<string, Docker>();

/** Fails where an engine does not answer or does not have the image store it stands for: these tests are never skipped. */
export async function requireDocker(docker: Docker): Promise<void> {
  if (docker.env.DOCKER_HOST === '') {
    throw new Error('GO_DOCKER_CLASSIC_HOST is not set.\n→ Run the end-to-end tests with `npm test`.');
  }
  const info = await run('docker', ['info', '--format', '{{json .DriverStatus}}'], settings(docker));
  if (info.exitCode !== 0) {
    throw new Error(`The end-to-end tests need Docker, and it does not answer.\n${info.output}`);
  }
  const store = info.stdout.includes('io.containerd.snapshotter') ? 'containerd' : 'classic';
  if (store !== docker.store) {
    const where = docker.env.DOCKER_HOST ?? 'the default socket';
    throw new Error(
      `The engine at ${where} keeps its images in the ${store} store, not in the ${docker.store} store.`,
    );
  }
}

/** Runs `docker` and gives its standard output. */
export function dockerSucceeds(docker: Docker, args: readonly string[], options: ProgramOptions = {}) {
  return succeed('docker', args, settings(docker, options));
}

/** A name that no one else has. */
export function uniqueName(what: string): string {
  return `e2e-${what}-${randomBytes(4).toString('hex')}`;
}

/** Loads a layout as a person would: tar of its folder into `docker load`. Gives the name of the image. */
export async function loadLayout(docker: Docker, imagePath: string): Promise<string> {
  const tar = `${imagePath}.${process.pid}.tar`;
  try {
    await succeed('tar', ['--create', '--file', tar, '--directory', `${imagePath}/oci`, '.']);
    const said = await dockerSucceeds(docker, ['load', '--input', tar]);
    const loaded = /Loaded image(?: ID)?: (\S+)/.exec(said)?.[1];
    if (loaded === undefined) throw new Error(`docker load said no name:\n${said}`);
    // The layout names no image; only a name of its own makes it this test's alone.
    const name = `${uniqueName('image')}:latest`;
    await dockerSucceeds(docker, ['tag', loaded, name]);
    unnamed.set(loaded, docker);
    return keepTrack(docker, name);
  } finally {
    await succeed('rm', ['-f', tar]);
  }
}

/** Has {@link removeDockerThings} remove an image that something else made. */
export function keepTrack(docker: Docker, image: string): string {
  images.set(image, docker);
  return image;
}

/** `docker run --rm` with the host's network, to the end. */
export function runContainer(
  docker: Docker,
  image: string,
  args: readonly string[],
  { flags = [], ...options }: ProgramOptions & { flags?: readonly string[] } = {},
): Promise<Finished> {
  const name = newContainer(docker);
  return run(
    'docker',
    ['run', '--rm', '--name', name, '--network=host', ...flags, image, ...args],
    settings(docker, options),
  );
}

/** Starts a container that stays; wait for what it prints, then end it with `docker stop`. */
export function startContainer(
  docker: Docker,
  image: string,
  args: readonly string[],
  flags: readonly string[] = ['--network=host'],
) {
  const name = newContainer(docker);
  const program = start('docker', ['run', '--name', name, ...flags, image, ...args], settings(docker));
  return { name, program };
}

/** Removes the containers and images that the tests made. Their names are theirs alone. */
export async function removeDockerThings(): Promise<void> {
  const remove = (args: readonly string[], things: Map<string, Docker>) =>
    Promise.all([...things].map(([name, docker]) => run('docker', [...args, name], settings(docker))));
  await remove(['rm', '--force', '--volumes'], containers);
  await remove(['image', 'rm', '--force'], images);
  for (const [id, docker] of unnamed) {
    const tags = await run(
      'docker',
      ['image', 'inspect', '--format={{json .RepoTags}}', id],
      settings(docker),
    );
    // Another program may have given the same image a name meanwhile.
    if (/^(\[\]|null)$/.test(tags.stdout.trim())) await run('docker', ['image', 'rm', id], settings(docker));
  }
  for (const things of [containers, images, unnamed]) things.clear();
}

function newContainer(docker: Docker): string {
  const name = uniqueName('container');
  containers.set(name, docker);
  return name;
}

function settings(docker: Docker, options: ProgramOptions = {}): ProgramOptions {
  return { ...options, env: { ...neutralEnvironment(), ...docker.env, ...options.env } };
}
