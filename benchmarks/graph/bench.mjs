// What go-docker costs Nx: `npm run bench:graph`. Prints Markdown; --write puts it in docs/benchmarks.md, --check exits with 1
// where a target is missed, --quick measures a part.
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { show } from '../../tools/machine/run.mjs';
import { installations, NX_VERSION } from './nx/install.mjs';
import { createWorkspace } from './nx/workspace.mjs';
import { benchmarkSection, isMet } from '../report/page.mjs';
import { writeSection } from '../report/write-section.mjs';
import { graphSection } from './sections/graph.mjs';
import { hashingSection } from './sections/hashing.mjs';
import { memorySection } from './sections/memory.mjs';
import { modulesWorkspace } from './workspaces/modules.mjs';
import { oneModuleWorkspace } from './workspaces/one-module.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const NX_VERSIONS = ['22.7.12', NX_VERSION, '24.0.6'];
const CHANGED_FILES = 500;
const CHANGING = 'libs/lib0000/part1.go';

const flag = { type: 'boolean', default: false };
const { values: options } = parseArgs({ options: { check: flag, quick: flag, write: flag } });

// Short, because Nx puts sockets below it and their paths end at 108 bytes.
const home = realpathSync(mkdtempSync(join(tmpdir(), 'gd-')));
try {
  const sections = measured(options);
  const command = `npm run bench:graph${options.quick ? ' -- --quick' : ''}`;
  const section = benchmarkSection('Graph', { sections, machine: machine(), command });
  console.log(`\n${section}`);
  if (options.write) writeSection(section);
  if (options.check && !sections.every(({ targets }) => targets.every(isMet))) process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}

function measured({ quick }) {
  show(process.execPath, [join(repository, 'tools/repository/pack.mjs')], { cwd: repository });
  const installed = installations(home, join(repository, 'dist/npm'));
  const rounds = quick ? 3 : 5;
  const sections = [];
  const take = (name, section) => {
    console.log(`Measuring: ${name}`);
    sections.push(section());
  };
  const withModules = (count, projects) => {
    const workspace = createWorkspace(
      installed,
      join(home, `m${count}`),
      modulesWorkspace(count, { projects }),
    );
    workspace.setUp();
    return workspace;
  };
  take('200 modules', () =>
    graphSection(withModules(200, false), '200 modules', { rounds, changing: CHANGING }),
  );
  if (!quick) {
    // @naxodev/gonx takes minutes here, and is far from any limit.
    const plan = { rounds, roundsOf: { gonx: 1 }, changing: CHANGING };
    const thousand = withModules(1000, true);
    take('1,000 modules', () => graphSection(thousand, '1,000 modules', plan));
    take('memory', () => memorySection(thousand, '1,000 modules', { rounds: 1, changing: CHANGING }));
  }
  const oneModule = oneModules(installed);
  for (const version of quick ? [NX_VERSION] : NX_VERSIONS) {
    take(`hashing on Nx ${version}`, () =>
      hashingSection(oneModule(version), version, { rounds, changed: oneModule.changed }),
    );
  }
  return sections;
}

/** Workspaces with one module for a version of Nx. Setting 200 apps up takes long, so it happens once. */
function oneModules(installed) {
  const files = oneModuleWorkspace({ owned: true });
  let setUp;
  const workspaces = (version) => {
    const ours = createWorkspace(installed, join(home, `one-${version}`), files, version);
    if (setUp) cpSync(join(setUp.root, 'apps'), join(ours.root, 'apps'), { recursive: true });
    else (setUp = ours).setUp();
    const handWritten = oneModuleWorkspace({ owned: true, byHand: true });
    return { ours, byHand: createWorkspace(installed, join(home, `hand-${version}`), handWritten, version) };
  };
  const libraryFiles = [...files.keys()].filter((file) => /^libs\/.*\.go$/.test(file));
  // All over the workspace.
  workspaces.changed = libraryFiles.filter((_, index) => index % 18 === 3).slice(0, CHANGED_FILES);
  return workspaces;
}

function machine() {
  return `${availableParallelism()} cores, Node ${process.versions.node}, Nx ${NX_VERSION} unless another is named, no daemon, load ${loadavg()[2].toFixed(1)}.`;
}
