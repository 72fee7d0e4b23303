import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { ProgramNotFound, runProgram } from './program';

const node = process.execPath;
const never = new AbortController().signal;

describe('runProgram', () => {
  it('gives exit code, output and messages', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
    expect(await runProgram(node, ['-e', script], { signal: never })).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it.each(['$(id)', '`id`', '${HOME}', 'a b', `it's "quoted"`, ';ls', '*', '&&', '%PATH%', ''])(
    'gives the program the argument %j as it is',
    async (argument) => {
      const script = 'process.stdout.write(process.argv[1])';
      const { stdout } = await runProgram(node, ['-e', script, argument], { signal: never });
      expect(stdout).toBe(argument);
    },
  );

  it('shows messages as they come', async () => {
    const seen: string[] = [];
    const input = new PassThrough();
    // The second line waits until the first one was seen.
    const script = 'console.error("one"); process.stdin.on("data", () => console.error("two"))';
    const onStderr = (text: string) => {
      seen.push(text);
      if (!input.writableEnded) input.end('seen');
    };
    await runProgram(node, ['-e', script], { signal: never, input, onStderr });
    expect(seen).toEqual(['one\n', 'two\n']);
  });

  it('keeps the end of endless output', async () => {
    const script = 'process.stdout.write("x".repeat(5 << 20) + "end")';
    const { stdout } = await runProgram(node, ['-e', script], { signal: never });
    expect(stdout).toHaveLength(1 << 20);
    expect(stdout.endsWith('xend')).toBe(true);
  });

  it('feeds standard input', async () => {
    const script = 'process.stdin.pipe(process.stdout)';
    const input = Readable.from(['layer ', 'bytes']);
    expect((await runProgram(node, ['-e', script], { signal: never, input })).stdout).toBe('layer bytes');
  });

  it('lets a program that stops reading say why itself', async () => {
    const script = 'console.error("enough"); process.exit(4)';
    const input = Readable.from(Array.from({ length: 200 }, () => 'x'.repeat(1 << 16)));
    const result = await runProgram(node, ['-e', script], { signal: never, input });
    expect(result).toMatchObject({ exitCode: 4, stderr: 'enough\n' });
  });

  it('fails with what the input fails with, and ends the program', async () => {
    const input = new Readable({ read: () => input.destroy(new Error('blob is damaged')) });
    const run = runProgram(node, ['-e', 'process.stdin.pipe(process.stdout)'], { signal: never, input });
    await expect(run).rejects.toThrow('blob is damaged');
  });

  it('says which program is not there', async () => {
    const run = runProgram('no-such-program', [], { signal: never });
    await expect(run).rejects.toThrow(ProgramNotFound);
    await expect(run).rejects.toThrow('no-such-program was not found on the PATH');
  });

  it('takes a file that nobody may execute for a program that is not there', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'program-'));
    writeFileSync(join(directory, 'docker'), '#!/bin/sh\n', { mode: 0o644 });
    const run = runProgram('docker', [], { signal: never, env: { PATH: directory } });
    await expect(run).rejects.toThrow(ProgramNotFound);
    rmSync(directory, { recursive: true });
  });

  it('tells the signal that ended the program as a shell does', async () => {
    const script = 'process.kill(process.pid, "SIGKILL")';
    expect((await runProgram(node, ['-e', script], { signal: never })).exitCode).toBe(137);
  });

  it('starts nothing once it was told to end', async () => {
    await expect(runProgram('no-such-program', [], { signal: AbortSignal.abort('told') })).rejects.toBe(
      'told',
    );
  });

  it('has ended the program when it says so', async () => {
    const { pid, run, ending } = await startedProgram('setInterval(() => {}, 1000)');
    ending.abort('told');
    await expect(run).rejects.toBe('told');
    expect(isRunning(pid)).toBe(false);
  });

  it('ends a program that does not obey SIGTERM', async () => {
    const { pid, run, ending } = await startedProgram(
      'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)',
    );
    ending.abort('told');
    await expect(run).rejects.toBe('told');
    expect(isRunning(pid)).toBe(false);
  }, 10_000);
});

/** A program that has started, and tells its process id. */
async function startedProgram(script: string) {
  const ending = new AbortController();
  let run: Promise<unknown> = Promise.resolve();
  const pid = await new Promise<number>((resolve) => {
    run = runProgram(node, ['-e', `${script}; console.error(process.pid)`], {
      signal: ending.signal,
      onStderr: (text) => resolve(Number(text)),
    });
  });
  return { pid, run, ending };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
