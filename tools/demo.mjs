// The plugin at work on examples/shop, in a fresh Nx workspace: `npm run demo`. Sets up what is missing first. Where no Docker engine
// answers, the images are built without one; `npm run demo -- --docker` installs and starts an engine.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultBaseImages, ensureBaseImages } from './base-images.mjs';
import { answers } from './docker-engine/probe.mjs';
import { ensureEngine } from './docker-engine.mjs';
import { ensureGo } from './go.mjs';
import { ensureDependencies } from './repository/dependencies.mjs';
import { freshWorkspace, runNx } from './repository/fresh-workspace.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
let steps = 0;

try {
  await demo();
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

async function demo() {
  const withDocker = process.argv.includes('--docker') || answers();
  const { standIns, started } = withDocker ? await setUpDocker() : setUpGo();

  step('A fresh Nx workspace: examples/shop and the packed packages');
  const workspace = freshWorkspace('examples/shop', 'go-docker-demo-');
  console.log(`Three Go apps and two libraries, without a Dockerfile, in ${workspace}`);
  const nx = (expected, ...args) => run(workspace, expected, args);

  step('Two generators: the plugin into nx.json, then a Dockerfile for every Go app, and a budget for one');
  nx(0, 'g', 'go-docker:init', '--no-interactive');
  // A base image would have to come from somewhere.
  nx(0, 'g', 'go-docker:setup', ...(withDocker ? [] : ['--runner=scratch']), '--no-interactive');
  nx(0, 'g', 'go-docker:setup', 'api', '--budget=25 MB', '--no-interactive');

  step('Build the images');
  nx(0, 'run-many', '-t', 'image');

  step('How large they are');
  nx(0, 'run-many', '-t', 'image-size', '--exclude-task-dependencies', '--output-style=static');

  step('The same again: nothing changed, so nothing is built');
  nx(0, 'run-many', '-t', 'image');

  step('A change in libs/clock, which api and catalog use: the worker comes from the cache');
  editClock(workspace);
  nx(0, 'run-many', '-t', 'image');

  step('A budget that is too small, on purpose: this is what a breach looks like');
  nx(1, 'run', 'api:image-size', '--budget=4 MB');

  step('Yours to try');
  for (const line of farewell({ workspace, withDocker, standIns, started })) console.log(line);
}

async function setUpDocker() {
  step('Set-up: a Docker engine, npm packages, base images');
  const { started } = await ensureEngine();
  ensureDependencies();
  const standIns = await ensureBaseImages(defaultBaseImages());
  if (standIns.length > 0)
    console.log(`No registry answers. Stand-ins, not the real images: ${standIns.join(', ')}`);
  return { standIns, started };
}

function setUpGo() {
  step('Set-up: Go, npm packages; no Docker engine answers, so the images are built without one');
  console.log(`Go ${ensureGo()}`);
  ensureDependencies();
  return { standIns: [], started: false };
}

/** A change that a person might make: the error names the time zone. */
function editClock(workspace) {
  const file = join(workspace, 'libs/clock/clock.go');
  const source = readFileSync(file, 'utf8');
  const edited = source.replace('"opening hours: %w", err', '"opening hours in %q: %w", zone, err');
  if (edited === source) throw new Error('libs/clock/clock.go is not what the demo expects.');
  writeFileSync(file, edited);
  console.log('libs/clock/clock.go: the error now names the time zone');
}

/** Runs Nx as a person would, and insists on the exit code that the story needs. */
function run(workspace, expected, args) {
  console.log(`$ npx nx ${args.map((arg) => arg.replace(/=(.* .*)/, "='$1'")).join(' ')}`);
  const code = runNx(workspace, args);
  if (code !== expected) {
    throw new Error(
      `"nx ${args.join(' ')}" ended with exit code ${code}, not ${expected}. Look into ${workspace}`,
    );
  }
}

function farewell({ workspace, withDocker, standIns, started }) {
  return [
    `cd ${workspace}`,
    ...(withDocker
      ? ['npx nx run api:image-load && docker run --rm -p 8080:8080 api']
      : ['npx nx run api:dev', 'npx nx run api:image-push --help']),
    'npx nx graph',
    ...(standIns.length > 0
      ? [
          '',
          'The sizes are those of stand-in base images: where a registry answers, the real ones are pulled.',
        ]
      : []),
    ...(started
      ? ['', `The Docker engine goes on running. node ${root}/tools/docker-engine.mjs --stop ends it.`]
      : []),
    '',
    'Done. The breach above was intended.',
  ];
}

function step(title) {
  steps += 1;
  console.log(`\n── ${steps}. ${title}`);
}
