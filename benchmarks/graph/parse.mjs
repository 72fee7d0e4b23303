// How long reading a Go workspace takes, next to plainly reading its files. Needs the compiled packages: npm run build.
//
//   node benchmarks/graph/parse.mjs [rounds]
//
// Each round is a process of its own, because that is what Nx starts: nothing is compiled or cached before.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { writeTree } from './tree.mjs';

const SIZE = { modules: 200, filesPerModule: 20, bytesPerFile: 3500 };
const TARGET = {
  platforms: ['amd64', 'arm64'].map((architecture) => ({ os: 'linux', architecture })),
  cgo: false,
  tags: [],
  goVersion: '1.25.0',
};

const [mode = '9', root] = process.argv.slice(2);
if (root !== undefined) console.log(JSON.stringify(await (mode === 'plain' ? plain() : analysis())));
else compare(Number(mode));

function compare(rounds) {
  const tree = mkdtempSync(join(tmpdir(), 'graph-benchmark-'));
  try {
    writeTree(tree, SIZE);
    const script = fileURLToPath(import.meta.url);
    const once = (what) =>
      JSON.parse(execFileSync(process.execPath, [script, what, tree], { encoding: 'utf8' }));
    const results = Array.from({ length: rounds }, () => ({ ...once('plain'), ...once('analysis') }));
    for (const step of Object.keys(results[0] ?? {})) {
      const sorted = results.map((each) => each[step]).sort((a, b) => a - b);
      console.log(`${step.padEnd(24)} ${sorted[Math.floor(rounds / 2)].toFixed(1).padStart(8)} ms`);
    }
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** The same files, without looking into them. */
function plain() {
  const files = [];
  const walk = (dir) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (entry.isDirectory()) walk(join(dir, entry.name));
      else files.push(join(dir, entry.name));
    }
  };
  const started = performance.now();
  walk(root);
  const walked = performance.now();
  for (const file of files) readFileSync(file, 'utf8');
  const read = performance.now();
  return { 'plain walk': walked - started, 'plain reading': read - walked };
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
