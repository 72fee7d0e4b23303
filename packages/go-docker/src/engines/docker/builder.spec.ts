import type { ProgramResult } from '../program';
import { findBuilder } from './builder';
import type { Docker } from './docker';

/** A docker that says what the real one was seen to say. */
function dockerThatSays(answers: Readonly<Record<string, Partial<ProgramResult>>>): Docker {
  return {
    run: (args) => Promise.resolve({ exitCode: 0, stdout: '', stderr: '', ...answers[args.join(' ')] }),
    silence: () => Promise.resolve(undefined),
  };
}

const info = 'info --format {{json .DriverStatus}}';
const inspected = (driver: string) => ({
  stdout: `Name:          x\nDriver:        ${driver}\nLast Activity: now\n`,
});
const containerd = { stdout: '[["driver-type","io.containerd.snapshotter.v1"]]\n' };
const classic = { stdout: '[["Backing Filesystem","extfs"],["Supports d_type","true"]]\n' };

describe('findBuilder', () => {
  it.each([
    ['docker', containerd, { exports: 'archive', inDaemon: true }],
    ['docker', classic, { exports: 'daemon', inDaemon: true }],
    ['', containerd, { exports: 'archive', inDaemon: true }],
    ['docker-container', classic, { exports: 'archive', inDaemon: false }],
    ['remote', { exitCode: 1 }, { exports: 'archive', inDaemon: false }],
  ])('takes a builder of driver %j for what it is', async (driver, status, builder) => {
    const docker = dockerThatSays({ 'buildx inspect': inspected(driver), [info]: status });
    expect(await findBuilder(docker, undefined)).toEqual(builder);
  });

  it('asks for the builder that a person names', async () => {
    const docker = dockerThatSays({ 'buildx inspect ci': inspected('docker-container') });
    expect(await findBuilder(docker, 'ci')).toEqual({ exports: 'archive', inDaemon: false });
  });

  it.each(['docker: unknown command: docker buildx\n', "docker: 'buildx' is not a docker command.\n"])(
    'says that buildx is missing when docker says %j',
    async (stderr) => {
      const docker = dockerThatSays({ 'buildx inspect': { exitCode: 1, stderr } });
      await expect(findBuilder(docker, undefined)).rejects.toThrow(
        'docker has no buildx plugin, which builds the images\n→ install it',
      );
    },
  );
});
