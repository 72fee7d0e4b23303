// How long the report takes for a large workspace: `npm run bench:report`. Prints the median of each format beside that of a Node which does nothing.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median } from '../report/median.mjs';
import { commitSizes, IMAGES, PACKAGES, writeMeasuredImages } from './workspace.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = join(repository, 'packages/go-docker/dist/command-line/main.js');
const ROUNDS = 5;
const COMMITS = 10;
const FORMATS = ['terminal', 'markdown', 'json', 'html'];
const LIMIT_MILLISECONDS = 2000;

const workspace = mkdtempSync(join(tmpdir(), 'report-'));
try {
  execFileSync(process.execPath, [join(repository, 'tools/repository/build.mjs')], { stdio: 'inherit' });
  writeFileSync(join(workspace, 'nx.json'), '{}\n');
  mkdirSync(join(workspace, 'dist/image-sizes'), { recursive: true });
  writeMeasuredImages(workspace);
  commitSizes(workspace, COMMITS);
  const rounds = Array.from({ length: ROUNDS }, oneRound);
  const of = (name) => median(rounds.map((round) => round[name]));
  console.log(
    `${IMAGES} images of ${PACKAGES} packages, each with ${COMMITS} commits; medians of ${ROUNDS}\n`,
  );
  for (const name of Object.keys(rounds[0])) console.log(`${name.padEnd(10)} ${Math.round(of(name))} ms`);
  const slowest = Math.max(...FORMATS.map(of));
  console.log(`\nslowest: ${Math.round(slowest)} ms, limit ${LIMIT_MILLISECONDS} ms`);
  console.log(`the page: ${(statSync(join(workspace, 'report.html')).size / 1e6).toFixed(1)} MB`);
  if (process.argv.includes('--check') && slowest > LIMIT_MILLISECONDS) process.exitCode = 1;
} finally {
  rmSync(workspace, { recursive: true, force: true });
}

function oneRound() {
  const node = timed(['--eval', '0']);
  const formats = FORMATS.map((format) => [
    format,
    timed([program, 'report', `--format=${format}`, `--output=report.${format}`]),
  ]);
  return { node, ...Object.fromEntries(formats) };
}

function timed(args) {
  const began = performance.now();
  execFileSync(process.execPath, args, { cwd: workspace, stdio: ['ignore', 'ignore', 'inherit'] });
  return performance.now() - began;
}
