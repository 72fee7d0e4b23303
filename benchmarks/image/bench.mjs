// How long the images of many apps take: `npm run bench:image`. Prints Markdown; --write puts it in docs/benchmarks.md, --check exits
// with 1 where a target is missed, --quick measures fewer rounds; --apps=3 and --warm (nothing cold, the
// machine's own Go cache) try the benchmark itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { capture, show } from '../../tools/machine/run.mjs';
import { ensureGo } from '../../tools/go.mjs';
import { installations, NX_VERSION } from '../graph/nx/install.mjs';
import { createWorkspace } from '../graph/nx/workspace.mjs';
import { benchmarkSection } from '../report/page.mjs';
import { writeSection } from '../report/write-section.mjs';
import { contenders, dockerAnswers } from './contenders.mjs';
import { imageSection, UNCHANGED } from './section.mjs';
import { appsWorkspace } from './workspace.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const APPS = 20;
const SCENARIOS = {
  cold: 'cold',
  library: 'one line in the library',
  'one app': 'one app',
  nothing: UNCHANGED,
};
const KO = 'github.com/google/ko@v0.18.1';

const flag = { type: 'boolean', default: false };
const { values: options } = parseArgs({
  options: {
    check: flag,
    quick: flag,
    write: flag,
    warm: flag,
    apps: { type: 'string', default: String(APPS) },
  },
});
const given = process.argv.slice(2).filter((argument) => !['--write', '--check'].includes(argument));
const count = Number(options.apps);
if (options.write && count !== APPS)
  throw new Error(`the page is about ${APPS} apps: leave --apps or --write`);

// Short, because Nx puts sockets below it and their paths end at 108 bytes.
const home = realpathSync(mkdtempSync(join(tmpdir(), 'gd-')));
const registry = spawn(process.execPath, [join(repository, 'benchmarks/image/base-registry.mjs')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
try {
  const [base] = await once(registry.stdout.setEncoding('utf8'), 'data');
  const section = benchmarkSection('Images', {
    sections: [measured(base.trim())],
    command: ['npm run bench:image', ...(given.length > 0 ? ['--', ...given] : [])].join(' '),
    machine: `${availableParallelism()} cores, Node ${process.versions.node}, Nx ${NX_VERSION}, no daemon, ${capture('go', ['env', 'GOVERSION']).trim()}, load ${loadavg()[2].toFixed(1)}.`,
  });
  console.log(`\n${section}`);
  if (options.write) writeSection(section);
  if (options.check && section.includes('**missed**')) process.exitCode = 1;
} finally {
  registry.kill();
  rmSync(home, { recursive: true, force: true });
}

/** @param {string} base of images that cannot stand on scratch */
function measured(base) {
  console.log(`Go ${ensureGo()}`);
  show(process.execPath, [join(repository, 'tools/repository/pack.mjs')], { cwd: repository });
  const installed = installations(home, join(repository, 'dist/npm'), []);
  const hasDocker = dockerAnswers();
  const program = installKo();
  const ko = program && { program, base };
  const missing = [
    ...(hasDocker ? [] : ['what needs Docker with the containerd image store, which does not answer']),
    ...(ko === undefined ? [`ko, which cannot be installed (${KO})`] : []),
    '@nx/docker, whose target builds in the folder of the project, where there is no shared library',
  ];
  const all = contenders({ home, count, ko, hasDocker, isWarm: options.warm }, (root) =>
    createWorkspace(installed, root, appsWorkspace(count)),
  );
  const { times, starts } = rounds(all);
  return imageSection(times, starts, { count, missing });
}

/** All contenders by turns, so that what else the machine does meets each of them. */
function rounds(all) {
  const [count, coldCount] = options.warm ? [3, 0] : options.quick ? [3, 1] : [5, 5];
  const starts = new Map(all.map(({ name }) => [name, []]));
  const times = new Map(
    Object.entries(SCENARIOS)
      .filter(([scenario]) => scenario !== 'cold' || coldCount > 0)
      .map(([, name]) => [name, new Map()]),
  );
  let change = 0;
  // The first run of each makes what the others change.
  if (coldCount === 0) for (const contender of all) contender.run();
  const measure = (scenario, prepare) => {
    for (const [at, contender] of all.entries()) {
      // BuildKit would answer one contender with what it has done for another.
      prepare(contender, change * all.length + at);
      const milliseconds = contender.run();
      console.log(`${SCENARIOS[scenario]}: ${contender.name} ${Math.round(milliseconds)} ms`);
      const of = times.get(SCENARIOS[scenario]);
      of.set(contender.name, [...(of.get(contender.name) ?? []), milliseconds]);
    }
  };
  for (let round = 0; round < count; round++) {
    if (round < coldCount) measure('cold', (contender) => contender.forget(round));
    change += 1;
    measure('library', (contender, unique) => contender.changeLibrary(unique));
    measure('one app', (contender, unique) => contender.changeApp(unique));
    measure('nothing', () => undefined);
    for (const { name, start } of all) starts.get(name).push(start());
  }
  return { times, starts };
}

function installKo() {
  const env = { ...process.env, GOBIN: join(home, 'bin'), GOFLAGS: '' };
  try {
    capture('go', ['install', KO], { cwd: home, env });
    return join(home, 'bin/ko');
  } catch (error) {
    console.error(error.message);
    return undefined;
  }
}
