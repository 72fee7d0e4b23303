// What UPX costs and saves, on the api of examples/shop: `node benchmarks/upx.mjs`. Needs Docker and Go; prints a table in Markdown.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { examplesGoVersion, goRoot } from '../tools/go.mjs';

const RUNS = 9;
const shop = join(dirname(fileURLToPath(import.meta.url)), '../examples/shop');
const variants = { 'not packed': undefined, 'upx --lzma': ['--lzma'], upx: [] };

const directory = mkdtempSync(join(tmpdir(), 'go-docker-upx-'));
try {
  build(join(directory, 'program'));
  const image = imageWithUpx();
  console.log('| program | file | compressed | ready to serve after | memory of its own then |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const [name, options] of Object.entries(variants)) {
    const file = join(directory, name.replaceAll(' ', ''));
    copyFileSync(join(directory, 'program'), file);
    if (options) pack(image, file, options);
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await start(file));
    const [time, memory] = ['milliseconds', 'anonymousKilobytes'].map((key) =>
      median(runs.map((run) => run[key])),
    );
    const sizes = [statSync(file).size, gzipSync(readFileSync(file)).length].map(
      (bytes) => `${(bytes / 1e6).toFixed(1)} MB`,
    );
    console.log(
      `| ${name} | ${sizes.join(' | ')} | ${Math.round(time)} ms | ${(memory / 1024).toFixed(0)} MiB |`,
    );
  }
} finally {
  rmSync(directory, { recursive: true });
}

/** As the builder stage does. */
function build(file) {
  const go = join(goRoot(examplesGoVersion()), 'bin/go');
  const flags = ['-trimpath', '-buildvcs=false', '-tags=timetzdata', '-ldflags=-s -w'];
  const env = { ...process.env, GOENV: 'off', GOFLAGS: '', CGO_ENABLED: '0', GOTOOLCHAIN: 'local' };
  execFileSync(go, ['build', ...flags, '-o', file, './apps/api'], { cwd: shop, env });
}

function imageWithUpx() {
  const dockerfile = join(directory, 'Dockerfile');
  const install = 'apt-get update && apt-get install --yes --no-install-recommends upx-ucl';
  writeFileSync(dockerfile, `FROM golang:${examplesGoVersion()}\nRUN ${install}\n`);
  return execFileSync('docker', ['build', '--quiet', '--file', dockerfile, directory], {
    encoding: 'utf8',
  }).trim();
}

function pack(image, file, options) {
  const mount = ['--volume', `${dirname(file)}:${dirname(file)}`];
  execFileSync('docker', ['run', '--rm', ...mount, image, 'upx', '--quiet', ...options, file]);
}

/** From the start of the process to its first line, which says that it listens. */
function start(file) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(file, { env: { PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
    const ready = () => {
      const milliseconds = performance.now() - began;
      // Pages of a file can be dropped and are shared by containers; what a program unpacks into is neither.
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const anonymousKilobytes = Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]);
      child.once('exit', () => resolve({ milliseconds, anonymousKilobytes }));
      child.kill('SIGKILL');
    };
    let seen = false;
    const first = () => seen || ((seen = true), ready());
    child.stdout.once('data', first);
    child.stderr.once('data', first);
    child.once('error', reject);
  });
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
