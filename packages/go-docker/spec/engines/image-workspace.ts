import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ImageJson } from '../../src/images/image-json';
import { readImageJson } from '../../src/images/image-json';
import type { ImageExecutorOptions } from '../../src/executors/image/options';
import type { LoadExecutorOptions } from '../../src/executors/load/options';

/** How an executor's process ended, and what a person saw of it. */
export interface Ended {
  readonly pid: number | undefined;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PACKAGE = join(__dirname, '../..');

/** A workspace with one project, `app`, whose executors run in processes of their own, as Nx starts them. */
export class ImageWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), 'go-docker-spec-'));

  constructor(
    dockerfile: string,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {
    this.write('app/Dockerfile', dockerfile);
    this.write('app/main.txt', 'the program\n');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  image(options: ImageExecutorOptions = {}, env = {}): Promise<Ended> {
    return this.start('image', { progress: 'plain', ...options }, env).ended;
  }

  load(options: LoadExecutorOptions = {}, env = {}): Promise<Ended> {
    return this.start('load', options, env).ended;
  }

  start(
    executor: 'image' | 'load',
    options: object,
    env = {},
  ): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, executorArguments(executor, this.root, options), {
      env: { ...process.env, ...this.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { child, ended: endOf(child) };
  }

  /** As a person starts it at a terminal; everything that the terminal shows is in `stdout`. */
  onTerminal(options: ImageExecutorOptions): Promise<Ended> {
    const words = [process.execPath, ...executorArguments('image', this.root, options)];
    const command = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return endOf(child);
  }

  imageJson(): ImageJson {
    return readImageJson(this.root, 'dist/images/app');
  }

  /** What lies where images are put; leftovers would be seen here. */
  imagesFolder(): readonly string[] {
    const folder = join(this.root, 'dist/images');
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  docker(...args: readonly string[]): string {
    return execFileSync('docker', args, {
      env: { ...process.env, ...this.env },
      encoding: 'utf8',
      stdio: 'pipe',
    });
  }

  /** The temporary tags in Docker of one executor's process; other builds may be under way. */
  temporaryTags({ pid }: Ended): readonly string[] {
    const tags = this.docker('image', 'ls', '--format', '{{.Tag}}', 'go-docker-build').split('\n');
    return tags.filter((tag) => tag.includes(`-${pid}-`));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function executorArguments(executor: string, root: string, options: object): string[] {
  const context = {
    root,
    projectName: 'app',
    targetName: executor,
    projectsConfigurations: { version: 2, projects: { app: { root: 'app' } } },
  };
  const script = `require(process.argv[1]).default(...process.argv.slice(2).map((text) => JSON.parse(text)))
    .then(({ success }) => process.exit(success ? 0 : 1))`;
  const module = join(PACKAGE, 'dist/executors', executor, 'executor.js');
  return ['-e', script, module, JSON.stringify(options), JSON.stringify(context)];
}

function endOf(child: ChildProcess): Promise<Ended> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve({ pid: child.pid, exitCode, signal, ...output }));
  });
}

/** Compiles the packages, which the executors' processes run from. */
export function compilePackages(): void {
  execFileSync(process.execPath, [join(PACKAGE, '../../tools/repository/build.mjs')], { stdio: 'pipe' });
}
