import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram, type Started } from './start-program';

/** A port that nothing serves. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Not as one that has ended, and that nobody has asked about yet. */
const isThere = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('the start of a program', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'go-docker-start-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const start = (script: string, over: object = {}): Promise<Started> => {
    const program = join(directory, 'program');
    writeFileSync(program, `#!${process.execPath}\n${script}`);
    chmodSync(program, 0o755);
    const { signal } = new AbortController();
    return startProgram({ program, cwd: directory, mostMilliseconds: 20_000, signal, ...over });
  };

  it('takes until its port answers, and the program is gone afterwards', async () => {
    const port = await freePort();
    const script = `
      require('fs').writeFileSync('pid', String(process.pid));
      console.log('starting');
      setTimeout(() => require('net').createServer().listen(Number(process.env.PORT), '127.0.0.1'), 300);`;
    const started = await start(script, { port });
    if ('problem' in started) throw new Error(started.problem);
    expect(started.readyMilliseconds).toBeGreaterThan(300);
    // Node alone holds more than that, and less than this.
    expect(started.peakBytes).toBeGreaterThan(20 * 2 ** 20);
    expect(started.peakBytes).toBeLessThan(500 * 2 ** 20);
    expect(isThere(Number(readFileSync(join(directory, 'pid'), 'utf8')))).toBe(false);
  });

  it('ends with all that the program has started, and waits for none of it', async () => {
    // One stays with the program; one has a session of its own, as a daemon does, and holds its output open.
    const script = `
      const { spawn } = require('child_process');
      const sleep = (detached) => spawn('sleep', ['30'], { stdio: 'inherit', detached }).pid;
      require('fs').writeFileSync('pids', [sleep(false), sleep(true)].join(' '));
      console.log('ready');
      setInterval(() => 0, 1000);`;
    const began = performance.now();
    const started = await start(script);
    expect(started).not.toHaveProperty('problem');
    expect(performance.now() - began).toBeLessThan(15_000);
    const [stays = 0, daemon = 0] = readFileSync(join(directory, 'pids'), 'utf8').split(' ').map(Number);
    process.kill(daemon, 'SIGKILL');
    // It is not ours to wait for.
    for (let at = 0; at < 100 && isThere(stays); at++) await sleep(20);
    expect(isThere(stays)).toBe(false);
  });

  it('is the largest memory that it held, not what it holds at last', async () => {
    const script = `
      let big = Buffer.alloc(200 * 2 ** 20, 1);
      big = undefined;
      setTimeout(() => console.log('ready'), 10);
      setInterval(() => 0, 1000);`;
    const started = await start(script);
    if ('problem' in started) throw new Error(started.problem);
    expect(started.peakBytes).toBeGreaterThan(200 * 2 ** 20);
  });

  it('hands on nothing of our environment', async () => {
    process.env['SECRET_OF_OURS'] = 'secret';
    try {
      const started = await start(
        `if (process.env.SECRET_OF_OURS) process.exit(7); console.log('ok'); setInterval(() => 0, 1000);`,
      );
      expect(started).not.toHaveProperty('problem');
    } finally {
      delete process.env['SECRET_OF_OURS'];
    }
  });

  it('cannot be measured where it ends before', async () => {
    const script = `console.error('no DATABASE_URL'); process.exitCode = 3;`;
    expect(await start(script, { port: await freePort() })).toEqual({
      problem: 'it ended with exit code 3 before it was ready: no DATABASE_URL',
    });
  });

  it('cannot be measured where it does not serve its port in time', async () => {
    const port = await freePort();
    expect(await start('setInterval(() => 0, 1000);', { port, mostMilliseconds: 500 })).toEqual({
      problem: `it did not serve port ${port} within 0.5 seconds`,
    });
    expect(await start('setInterval(() => 0, 1000);', { mostMilliseconds: 500 })).toEqual({
      problem: 'it printed nothing within 0.5 seconds',
    });
  });

  it('cannot be measured where what loads it is not on this machine', async () => {
    const program = join(directory, 'foreign');
    writeFileSync(program, '#!/lib/ld-musl-of-nowhere.so.1\n', { mode: 0o755 });
    const started = await start('', { program });
    expect(started).toEqual({
      problem: expect.stringMatching(/^it cannot be started on this machine \(.*ENOENT\)$/) as unknown,
    });
  });

  it('is given up when it is asked to', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('interrupted')), 300);
    const started = start('setInterval(() => 0, 1000);', { signal: controller.signal });
    await expect(started).rejects.toThrow('interrupted');
  });
});
