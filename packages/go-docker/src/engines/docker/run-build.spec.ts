import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Build } from './build';
import { dockerIn } from './docker';
import { runBuild } from './run-build';

/** A `docker` that passes no SIGTERM on, as it does before it has reached buildx: its plugin would go on building. */
const DOCKER = `#!${process.execPath}
const { spawn } = require('node:child_process');
const { writeFileSync } = require('node:fs');
process.on('SIGTERM', () => undefined);
const plugin = spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60_000)'], { stdio: 'inherit' });
writeFileSync('pids', process.pid + ' ' + plugin.pid);
`;

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a build that is told to end at its very beginning', () => {
  let directory: string;
  const path = process.env['PATH'];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'go-docker-run-build-'));
    writeFileSync(join(directory, 'docker'), DOCKER);
    chmodSync(join(directory, 'docker'), 0o755);
    process.env['PATH'] = [directory, path].join(delimiter);
  });
  afterEach(() => {
    process.env['PATH'] = path;
    rmSync(directory, { recursive: true, force: true });
  });

  it('has ended, with all that docker has started, before Nx would kill us', async () => {
    const controller = new AbortController();
    const build = {
      plan: { progress: 'quiet', dockerfile: 'Dockerfile', target: 'runner', buildArgs: {}, contexts: {} },
      docker: dockerIn(directory, controller.signal),
    };
    const lists = { secrets: [], ssh: [], cacheFrom: [], cacheTo: [], labels: {} };
    const plan = { ...build.plan, ...lists };
    const running = runBuild({ ...build, plan } as unknown as Build, ['linux/amd64'], { tag: 'none' });
    const pids = join(directory, 'pids');
    while (!existsSync(pids) || readFileSync(pids, 'utf8') === '') await sleep(10);
    const began = performance.now();
    controller.abort(new Error('interrupted'));
    await expect(running).rejects.toThrow('interrupted');
    // Nx gives five seconds.
    expect(performance.now() - began).toBeLessThan(4500);
    const left = readFileSync(pids, 'utf8').split(' ').map(Number).filter(isRunning);
    expect(left).toEqual([]);
  }, 20_000);
});
