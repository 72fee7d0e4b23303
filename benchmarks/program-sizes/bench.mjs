// How long go-binary takes to tell what a large Go program is spent on, next to plainly reading and hashing the file.
//
//   npm run bench:program-sizes [-- <parts>]     75 parts, the default, make a stripped program of 100 MB in some minutes
//   npm run bench:program-sizes -- <file>…       programs that are there already
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median } from '../report/median.mjs';
import { writeLargeProgram } from './large-program.mjs';

const ROUNDS = 9;
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const tsc = join(root, 'node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '--build', join(root, 'packages/go-binary')], { stdio: 'inherit' });
const { programSizes } = await import(join(root, 'packages/go-binary/dist/index.js'));

const given = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'go-docker-program-sizes-'));
try {
  const isFiles = given.length > 0 && given.every((one) => existsSync(one));
  const files = isFiles ? given : buildPrograms(Number(given[0] ?? 75));
  console.log(
    '| program | size | functions counted for | reading and hashing | programSizes | ratio | own time |',
  );
  console.log('| --- | --: | --: | --: | --: | --: | --: |');
  for (const file of files) console.log(await rowOf(file));
} finally {
  rmSync(directory, { recursive: true });
}

function buildPrograms(parts) {
  writeLargeProgram(directory, parts);
  const env = { ...process.env, CGO_ENABLED: '0', GOOS: 'linux', GOFLAGS: '-buildvcs=false', GOWORK: 'off' };
  return [
    ['stripped', ['-ldflags=-s -w']],
    ['with symbols', []],
  ].map(([name, flags]) => {
    const file = join(directory, name);
    execFileSync('go', ['build', '-trimpath', ...flags, '-o', file, '.'], { cwd: directory, env });
    return file;
  });
}

/** By turns, so that a busy machine is busy for both. */
async function rowOf(file) {
  const plain = [];
  const ours = [];
  let packages = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const hashing = await measured(() => createHash('sha256').update(readFileSync(file)).digest());
    const reading = await measured(async () => {
      packages = (await programSizes(file)).packages.length;
    });
    // The first round is for the page cache.
    if (round > 0) {
      plain.push(hashing);
      ours.push(reading);
    }
  }
  const [plainTime, time] = [plain, ours].map((runs) => median(runs.map(({ wall }) => wall)));
  const cells = [
    file.split('/').at(-1),
    `${(statSync(file).size / 1e6).toFixed(1)} MB`,
    `${packages} packages`,
    `${Math.round(plainTime)} ms`,
    `${Math.round(time)} ms`,
    median(ours.map(({ wall }, at) => wall / plain[at].wall)).toFixed(2),
    `${Math.round(median(ours.map(({ cpu }) => cpu)))} ms`,
  ];
  return `| ${cells.join(' | ')} |`;
}

async function measured(work) {
  const [before, started] = [process.cpuUsage(), performance.now()];
  await work();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000 };
}
