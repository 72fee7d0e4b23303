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
  stdout: `Name:          x\nDriver:        ${driver}\nLast Activity: now\n\nNodes:\nName: x0\nPlatforms:  linux/arm64*, linux/amd64, linux/386\n`,
});
const containerd = { stdout: '[["driver-type","io.containerd.snapshotter.v1"]]\n' };
const classic = { stdout: '[["Backing Filesystem","extfs"],["Supports d_type","true"]]\n' };

describe('findBuilder', () => {
  it.each([
    ['docker', containerd, { exports: 'archive', inDaemon: true, architectures: ['arm64'] }],
    ['docker', classic, { exports: 'daemon', inDaemon: true, architectures: ['arm64'] }],
    ['', containerd, { exports: 'archive', inDaemon: true, architectures: ['arm64'] }],
    ['docker-container', classic, { exports: 'archive', inDaemon: false, architectures: ['arm64'] }],
    ['remote', { exitCode: 1 }, { exports: 'archive', inDaemon: false, architectures: ['arm64'] }],
  ])('takes a builder of driver %j for what it is', async (driver, status, builder) => {
    const docker = dockerThatSays({ 'buildx inspect': inspected(driver), [info]: status });
    expect(await findBuilder(docker, undefined)).toMatchObject(builder);
  });

  it.each([
    [undefined, true],
    ['unix:///var/run/docker.sock', true],
    ['npipe:////./pipe/docker_engine', true],
    ['tcp://10.0.0.1:2376', false],
    ['ssh://me@build.example.com', false],
  ])('takes a daemon at %s for one of this machine: %s', async (host, isNear) => {
    const before = process.env['DOCKER_HOST'];
    if (host === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = host;
    const docker = dockerThatSays({ 'buildx inspect': inspected('docker'), [info]: containerd });
    expect(await findBuilder(docker, undefined)).toMatchObject({ isNear });
    if (before === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = before;
  });

  it('knows no architecture of a builder that was not started yet, and each one of several machines', async () => {
    const stdout = 'Name: x\nDriver: docker-container\n\nNodes:\nName: x0\nStatus: inactive\n';
    const idle = dockerThatSays({ 'buildx inspect': { stdout } });
    expect(await findBuilder(idle, undefined)).toMatchObject({ architectures: [] });
    const farm = `${stdout}Platforms: linux/amd64, linux/386\n\nName: x1\nPlatforms: linux/arm64\n`;
    const two = dockerThatSays({ 'buildx inspect': { stdout: farm } });
    expect(await findBuilder(two, undefined)).toMatchObject({ architectures: ['amd64', 'arm64'] });
  });

  it('says where a remote builder does not answer, and is content with one machine of several that does', async () => {
    const nodes = (...states: readonly string[]) => {
      const each = states.map(
        (state, at) => `Name: x${at}\nEndpoint: tcp://10.0.0.${at}:1234\nStatus:   ${state}\n`,
      );
      return { stdout: `Name:          x\nDriver:        remote\n\nNodes:\n${each.join('\n')}` };
    };
    const silent = dockerThatSays({ 'buildx inspect x': nodes('inactive') });
    await expect(findBuilder(silent, 'x')).rejects.toThrow(
      'the BuildKit of the builder "x" does not answer at tcp://10.0.0.0:1234\n→ start it',
    );
    const one = dockerThatSays({ 'buildx inspect x': nodes('inactive', 'running') });
    expect(await findBuilder(one, 'x')).toMatchObject({ exports: 'archive' });
  });

  it('asks for the builder that a person names', async () => {
    const docker = dockerThatSays({ 'buildx inspect ci': inspected('docker-container') });
    expect(await findBuilder(docker, 'ci')).toEqual({
      exports: 'archive',
      inDaemon: false,
      isNear: false,
      architectures: ['arm64'],
    });
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
