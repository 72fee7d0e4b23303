// How long reading a Go workspace takes, next to plainly reading its files. Needs the compiled packages: npm run build.
//
//   node benchmarks/graph/parse.mjs [rounds]
//
// Each round is a process of its own, because that is what Nx starts: nothing is compiled or cached before.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { median } from '../report/median.mjs';
import { modulesWorkspace } from './workspaces/modules.mjs';
import { writeFiles } from './workspaces/write.mjs';

const MODULES = 200;
const TARGET = {
  platforms: ['amd64', 'arm64'].map((architecture) => ({ os: 'linux', architecture })),
  cgo: false,
  tags: [],
  goVersion: '1.26.0',
};

const [rounds = '9', root] = process.argv.slice(2);
if (root !== undefined) console.log(JSON.stringify(await analysis()));
else compare(Number(rounds));

function compare(rounds) {
  const tree = mkdtempSync(join(tmpdir(), 'graph-benchmark-'));
  const run = (script, ...args) =>
    JSON.parse(execFileSync(process.execPath, [fileURLToPath(script), ...args], { cwd: tree }));
  try {
    writeFiles(tree, modulesWorkspace(MODULES, { projects: false }));
    const plain = new URL('probes/read-go-files.mjs', import.meta.url);
    const results = Array.from({ length: rounds }, () => ({
      'plain reading': run(plain).milliseconds,
      ...run(import.meta.url, '1', tree),
    }));
    for (const step of Object.keys(results[0] ?? {})) {
      const milliseconds = median(results.map((each) => each[step]));
      console.log(`${step.padEnd(24)} ${milliseconds.toFixed(1).padStart(8)} ms`);
    }
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

async function analysis() {
  const { buildClosure, diskFileSystem, findApps, readGoWorkspace } = await compiled('index');
  const { buildContext } = await compiled('sources/build-context');
  const { isGoFile, packageSources } = await compiled('sources/package-sources');
  const { sourceReader } = await compiled('sources/source-reader');
  /** What the closures need of every package, before they put it together. */
  const readPackages = (workspace) => {
    const reader = sourceReader(workspace);
    const contexts = TARGET.platforms.map((platform) => buildContext(TARGET, platform));
    const walk = (dir) => {
      const entries = [...reader.directory(dir).values()];
      if (entries.some(({ name }) => isGoFile(name)))
        for (const context of contexts) packageSources(reader, dir, context);
      for (const { name, kind } of entries)
        if (kind === 'directory') walk(dir === '.' ? name : `${dir}/${name}`);
    };
    walk('.');
  };
  const times = {};
  const timed = (step, work) => {
    const started = performance.now();
    const result = work();
    times[step] = performance.now() - started;
    return result;
  };
  timed('analysis', () => {
    const workspace = timed('go.mod files', () => readGoWorkspace(diskFileSystem(root)));
    const apps = timed('apps', () => findApps(workspace));
    timed('packages', () => readPackages(workspace));
    timed('closures', () => {
      for (const { packageDir } of apps) buildClosure(workspace, packageDir, TARGET);
    });
  });
  return times;
}

function compiled(name) {
  return import(new URL(`../../packages/go-workspace/dist/${name}.js`, import.meta.url));
}
