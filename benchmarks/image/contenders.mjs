// What is compared: each in a workspace of its own, with caches of its own.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { capture, succeeds } from '../../tools/machine/run.mjs';
import { nx } from '../graph/nx/run.mjs';
import { app, appNames, library, LIBRARY } from './workspace.mjs';

const FLAGS = ['-trimpath', '-buildvcs=false', '-tags=timetzdata', '-ldflags=-s -w'];
const RUN_MANY = ['run-many', '--output-style=static', '-t'];

/** Name → what makes the programs or images of all apps there. `images` counts what it has made. */
const WAYS = {
  'go build': {
    run: ({ root, env }) => go(root, ['build', '-o=bin/', ...FLAGS, './apps/...'], env),
    images: ({ root }) => namesIn(join(root, 'bin')).length,
    results: ['bin'],
  },
  native: nxWay('native'),
  'native, batch': nxWay('native', ['--batch']),
  ko: {
    run: ({ root, env, apps, ko }) =>
      capture(ko.program, ['build', ...KO_FLAGS, ...apps.map((name) => `./apps/${name}`)], {
        cwd: root,
        env: { ...env, KO_DOCKER_REPO: 'example.com/acme', KO_DEFAULTBASEIMAGE: ko.base },
      }),
    images: ({ root }) => JSON.parse(readFileSync(join(root, 'ko/index.json'), 'utf8')).manifests.length,
    results: ['ko'],
    isAppended: true,
  },
  'docker buildx build': {
    needsDocker: true,
    run: ({ root, env, apps }) => {
      for (const name of apps)
        docker(
          root,
          [
            'buildx',
            'build',
            ...ATTESTATIONS,
            `--file=apps/${name}/Dockerfile`,
            `--output=type=oci,dest=tars/${name}.tar`,
            '.',
          ],
          env,
        );
    },
    images: ({ root }) => namesIn(join(root, 'tars')).length,
    results: ['tars'],
  },
  'docker buildx bake': {
    needsDocker: true,
    run: ({ root, env }) =>
      docker(root, ['buildx', 'bake', ...ATTESTATIONS, '--file=bake.json'], {
        ...env,
        BUILDX_BAKE_ENTITLEMENTS_FS: '0',
      }),
    images: ({ root }) => namesIn(join(root, 'tars')).length,
    results: ['tars'],
  },
  docker: { needsDocker: true, ...nxWay('docker', ['--parallel=1']) },
  'docker, batch': { needsDocker: true, ...nxWay('docker', ['--batch']) },
};

const KO_FLAGS = [
  ...['--push=false', '--base-import-paths', '--sbom=none', '--platform=linux/amd64', '--oci-layout-path=ko'],
];
/** ko has options of Go in a file of its own. */
const KO_CONFIG = `defaultFlags: [-trimpath, -buildvcs=false, -tags=timetzdata]
defaultLdflags: [-s, -w]
`;
const ATTESTATIONS = ['--provenance=false', '--sbom=false', '--progress=plain'];

/**
 * @param {{ home: string, count: number, ko: { program: string, base: string } | undefined, hasDocker: boolean, isWarm: boolean }} machine
 *   `isWarm`: Go's cache is that of the machine
 * @param {(root: string) => { root: string, setUp(): void }} createWorkspace
 * @returns {object[]} what can be measured on this machine
 */
export function contenders({ home, count, ko, hasDocker, isWarm }, createWorkspace) {
  const apps = appNames(count);
  return Object.entries(WAYS)
    .filter(([name, { needsDocker }]) => (name !== 'ko' || ko !== undefined) && (hasDocker || !needsDocker))
    .map(([name, way], at) => {
      const workspace = createWorkspace(join(home, `w${at}`));
      workspace.setUp(['--runner=scratch', '--dev=false']);
      const caches = join(home, `c${at}`);
      const env = {
        GOCACHE: isWarm ? capture('go', ['env', 'GOCACHE']).trim() : join(caches, 'go'),
        XDG_CACHE_HOME: join(caches, 'xdg'),
        GOFLAGS: '',
      };
      const place = {
        root: workspace.root,
        env: { ...process.env, CGO_ENABLED: '0', ...env },
        own: env,
        apps,
        ko,
      };
      writeFileSync(join(workspace.root, 'bake.json'), bakeFile(apps));
      writeFileSync(join(workspace.root, '.ko.yaml'), KO_CONFIG);
      return contender(name, way, place, caches, at);
    });
}

function contender(name, way, place, caches, number) {
  const { root, apps } = place;
  return {
    name,
    /** @returns {number} milliseconds; throws where not everything was made */
    run() {
      // Its layout keeps what was in it before.
      if (way.isAppended)
        for (const folder of way.results) rmSync(join(root, folder), { recursive: true, force: true });
      mkdirSync(join(root, 'tars'), { recursive: true });
      const began = performance.now();
      way.run(place);
      const milliseconds = performance.now() - began;
      const made = way.images(place);
      if (made !== apps.length) throw new Error(`${name} has made ${made} of ${apps.length}`);
      return milliseconds;
    },
    /** As on a machine where nothing was ever built. */
    forget(round) {
      for (const folder of [caches, ...[...way.results, '.nx'].map((each) => join(root, each))])
        rmSync(folder, { recursive: true, force: true });
      // The daemon's cache is not ours to empty: another folder for Go's cache makes every step from there on a new one.
      if (way.needsDocker)
        for (const app of apps)
          moveGoCache(join(root, `apps/${app}/Dockerfile`), `${process.pid}-${number}-${round}`);
    },
    changeLibrary: (change) => writeFileSync(join(root, LIBRARY), library(change)),
    changeApp: (change) => writeFileSync(join(root, `apps/${apps[0]}/main.go`), app(apps[0], change)),
    /**
     * What Nx itself takes, run the same way, for as many tasks that do nothing.
     *
     * @returns {{ working: number, idle: number }} milliseconds; `idle`: where no task is run, as all come from its cache
     */
    start: () => ({
      working: way.start?.(place, 'empty') ?? 0,
      idle: way.start?.(place, 'unstarted') ?? 0,
    }),
  };
}

/** @param {string} engine @param {string[]} [flags] how Nx is to run the tasks */
function nxWay(engine, flags = []) {
  return {
    run: ({ root, own }) => nx(root, [...RUN_MANY, 'image', `--engine=${engine}`, ...flags], own),
    start: ({ root, own }, target) => nx(root, [...RUN_MANY, target, ...flags], own).milliseconds,
    images: ({ root }) => namesIn(join(root, 'dist/images')).length,
    results: ['dist'],
  };
}

function moveGoCache(dockerfile, name) {
  const text = readFileSync(dockerfile, 'utf8').replace(/^ENV GOCACHE=.*\n/m, '');
  const moved = text.replace(/^FROM deps AS builder\n/m, `$&ENV GOCACHE=/root/.cache/go-build/${name}\n`);
  if (moved === text) throw new Error(`${dockerfile} has no stage "builder" on "deps"`);
  writeFileSync(dockerfile, moved);
}

function bakeFile(apps) {
  const target = (name) => ({
    context: '.',
    dockerfile: `apps/${name}/Dockerfile`,
    output: [`type=oci,dest=tars/${name}.tar`],
  });
  return JSON.stringify({
    group: { default: { targets: apps } },
    target: Object.fromEntries(apps.map((name) => [name, target(name)])),
  });
}

const go = (cwd, args, env) => capture('go', args, { cwd, env });
const docker = (cwd, args, env) => capture('docker', args, { cwd, env });

/** Whether Docker answers, with a store that gives out what buildx is asked for here. */
export const dockerAnswers = () =>
  succeeds('docker', ['version', '--format={{.Server.Version}}']) &&
  capture('docker', ['info', '--format={{json .DriverStatus}}']).includes('io.containerd.snapshotter');

function namesIn(folder) {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}
