// Every check and every test, from nothing: `npm test`. Installs and starts what is missing, stops what it started,
// and ends with one line: `N passed, N failed`.
//
//   npm test               everything
//   npm test -- --unit     without Docker: checks and the tests of packages and tools
//   npm test -- --e2e      only the end-to-end tests
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultBaseImages, ensureBaseImages } from './base-images.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureClient, ensureTestEngines } from './docker-engine.mjs';
import { ensureGo, examplesGoVersion, goRoot } from './go.mjs';
import { ensureAll } from './machine/ensure-all.mjs';
import { show } from './machine/run.mjs';
import { ensureDependencies } from './repository/dependencies.mjs';
import { countTests, summary } from './test/results.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const only = ['unit', 'e2e'].find((name) => process.argv.includes(`--${name}`));
const withUnit = only !== 'e2e';
const withDocker = only !== 'unit';

// More than there may be cores: they wait for Nx, Docker and timers as long as they compute.
const SPECS_AT_ONCE = '--maxWorkers=3';
const withoutDocker = withDocker ? [] : ['--testPathIgnorePatterns', '\\.docker\\.spec\\.ts$'];

const counts = [];
try {
  await test();
} catch (error) {
  console.error(`\n${error.message}`);
  counts.push({ passed: 0, failed: 1, problems: [] });
}
for (const problem of counts.flatMap(({ problems }) => problems)) console.log(problem);
const { passed, failed, line } = summary(counts);
console.log(line);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function test() {
  // Before anything is written: where the machine lacks something that only a person can install, it ends here.
  ensureAll([ensureGo, ...(withUnit ? [ensureChromium] : []), ...(withDocker ? [ensureClient] : [])]);
  console.log(`Go ${ensureGo()}, and ${examplesGoVersion()} for the tests`);
  // Node ends without `finally` on a signal; this lets the step under way end, and then the engines.
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (interrupted = true));
  const engines = withDocker ? await startEngines() : undefined;
  try {
    ensureDependencies();
    for (const step of steps(environment(engines))) {
      // Signals are delivered between steps only.
      await new Promise((resolve) => setTimeout(resolve));
      if (interrupted) throw new Error('Interrupted.');
      counts.push(step());
    }
  } finally {
    await engines?.stop();
  }
}

async function startEngines() {
  const engines = await ensureTestEngines();
  try {
    for (const store of ['containerd', 'classic']) {
      if (engines[store]) await ensureBaseImages(defaultBaseImages(), engines[store]);
      else
        counts.push(
          failure(`There is no Docker engine with the ${store} image store: its tests did not run.`),
        );
    }
    return engines;
  } catch (error) {
    await engines.stop();
    throw error;
  }
}

function environment(engines) {
  const env = { ...process.env, NX_DAEMON: 'false' };
  // The release that the fixtures are written for comes first, so that a test asks the same Go everywhere.
  env.PATH = [join(goRoot(examplesGoVersion()), 'bin'), env.PATH].join(delimiter);
  if (engines?.containerd) env.DOCKER_HOST = engines.containerd;
  if (engines?.classic) env.GO_DOCKER_CLASSIC_HOST = engines.classic;
  return env;
}

function* steps(env) {
  const node = (title, script, ...args) => check(title, env, [join(root, script), ...args]);
  yield () => node('Build and pack the packages', 'tools/repository/pack.mjs');
  if (withUnit) {
    yield () => node('Format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.');
    yield () => node('Lint', 'tools/repository/lint.mjs');
    for (const config of specConfigs()) {
      yield () => node(`Types of ${config}`, 'node_modules/typescript/bin/tsc', '--project', config);
    }
    yield () => jest('Unit tests', env, [SPECS_AT_ONCE, ...withoutDocker], ['--ignoreProjects', 'e2e']);
  }
  if (withDocker) yield () => jest('End-to-end tests', env, [SPECS_AT_ONCE], ['--selectProjects', 'e2e']);
}

function specConfigs() {
  const folders = [...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`), 'tools', 'e2e'];
  return folders.map((folder) => `${folder}/tsconfig.spec.json`);
}

function check(title, env, args) {
  console.log(`\n== ${title}`);
  return show(process.execPath, args, { cwd: root, env }) === 0
    ? { passed: 1, failed: 0, problems: [] }
    : failure(`${title}: failed, see above.`);
}

function jest(title, env, options, projects) {
  console.log(`\n== ${title}`);
  const file = join(root, 'dist/test-results', `${title.toLowerCase().replaceAll(' ', '-')}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const reporters = ['--reporters=default', `--reporters=${join(root, 'tools/test/counts-reporter.cjs')}`];
  const args = [...reporters, '--passWithNoTests', ...options, ...projects];
  const exitCode = show(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...args], {
    cwd: root,
    env: { ...env, COUNTS_FILE: file },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  return countTests(report && { ...report, success: exitCode === 0 }, title);
}

function failure(problem) {
  return { passed: 0, failed: 1, problems: [problem] };
}
