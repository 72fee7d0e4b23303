import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { classicStore, containerdStore, requireDocker } from './docker/docker';
import { startOwnEngine, type OwnEngine } from './docker/own-engine';
import { createPlainWorkspace, PLAIN_DOCKERFILE, waitingDockerfile } from './workspace/plain-image';
import { eventually, processesMentioning } from './workspace/processes';
import { succeed } from './workspace/program';
import { refused, stateOf } from './workspace/refusal';
import { mustSucceed } from './workspace/set-up';
import { snapshot } from './workspace/snapshot';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(5 * 60_000);
afterAll(removeWorkspaces);

describe('without Docker, the previous image stays and nx run api:image says what to do', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createPlainWorkspace();
    await mustSucceed(workspace, ['run', 'api:image']);
    workspace.write('apps/api/Dockerfile', `${PLAIN_DOCKERFILE}LABEL changed="yes"\n`);
  });

  it('where no docker program is on the PATH', async () => {
    const programs = join(workspace.temporary, 'programs');
    mkdirSync(programs);
    symlinkSync(process.execPath, join(programs, 'node'));

    const output = await refused(workspace, ['run', 'api:image'], { PATH: programs });

    expect(output).toMatch(/docker.* PATH/);
    expect(output).toContain('https://docs.docker.com/get-docker/');
  });

  it('where no engine answers', async () => {
    const host = `unix://${workspace.temporary}/no-docker.sock`;

    const output = await refused(workspace, ['run', 'api:image', '--engine=docker'], { DOCKER_HOST: host });

    expect(output).toMatch(/Docker does not answer/);
    expect(output).toContain(host);
  });

  it('image-load says the same', async () => {
    workspace.write('apps/api/Dockerfile', PLAIN_DOCKERFILE);
    const host = `unix://${workspace.temporary}/no-docker.sock`;

    const output = await refused(workspace, ['run', 'api:image-load'], { DOCKER_HOST: host });

    expect(output).toMatch(/Docker does not answer/);
  });
});

describe('an engine that is stopped in the middle of a build', () => {
  let workspace: Workspace;
  let engine: OwnEngine;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    engine = await startOwnEngine(['alpine:3.22']);
    workspace = await createPlainWorkspace();
    await mustSucceed(workspace, ['run', 'api:image'], engine.env);
  });
  afterAll(() => engine.remove());

  it('is named as the cause, and the previous image stays', async () => {
    // The container outlives its engine, so it has to end by itself.
    workspace.write('apps/api/Dockerfile', waitingDockerfile(97));
    const before = stateOf(workspace);

    const nx = workspace.startNx(['run', 'api:image'], { env: engine.env });
    await nx.printed(/waiting for 97 seconds/);
    await engine.stop();
    const finished = await nx.finished;

    expect(finished.exitCode).toBe(1);
    expect(finished.output).toMatch(/Docker stopped answering/);
    await eventually(() => {
      expect(processesMentioning(workspace.root)).toEqual([]);
      expect(stateOf(workspace)).toEqual(before);
    });
  });
});

describe.each([containerdStore, classicStore])(
  'a disk that fills up during a build, $store store',
  (docker) => {
    let workspace: Workspace;
    let disk: string;

    beforeAll(async () => {
      await requireDocker(docker);
      workspace = await createPlainWorkspace();
      await mustSucceed(workspace, ['run', 'api:image'], docker.env);
      disk = workspace.path('dist', 'images');
      const previous = join(workspace.temporary, 'previous');
      cpSync(disk, previous, { recursive: true });
      await succeed('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
      cpSync(previous, disk, { recursive: true });
    });
    afterAll(() => succeed('umount', [disk]));

    it('is named as the cause, and the previous image stays', async () => {
      // Text that no compression makes smaller than the disk.
      workspace.write('apps/api/main.go', `package main\n\nfunc main() {}\n\n// ${noise(1_000_000)}\n`);
      const before = snapshot(disk);
      expect(Object.keys(before)).toContain('api/oci/index.json');

      const output = await refused(workspace, ['run', 'api:image'], docker.env);

      expect(output).toMatch(/no space is left on (the|its) disk/);
      expect(output).toContain('dist/images');
      expect(snapshot(disk)).toEqual(before);
    });
  },
);

/** The same letters in every run, as good as random. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48271) % 2147483647; // Park and Miller's minimal standard generator
    return 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-'.charAt(state % 64);
  }).join('');
}
