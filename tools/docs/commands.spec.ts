import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageTargets } from '../../packages/go-docker/src/graph/targets/image-targets';
import { pluginSettings } from '../../packages/go-docker/src/graph/plugin-options';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const json = (file: string) => JSON.parse(read(file)) as Record<string, Record<string, object>>;

const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && !file.includes('/fixtures/'));

/** Name of each target → the folder of its executor. */
const targets = Object.entries(
  imageTargets(
    {
      project: 'api',
      outputName: 'api',
      dockerfile: 'Dockerfile',
      inputs: [],
      hasDev: true,
      modules: { inputs: [], imports: [] },
    },
    pluginSettings({}),
  ),
).map(([name, { executor = '' }]) => [name, executor.replace('go-docker:', 'executors/')] as const);
const generators = Object.keys(json('packages/go-docker/generators.json')['generators'] ?? {}).map(
  (name) => [name, `generators/${name}`] as const,
);

/** What Nx itself takes: https://nx.dev/docs/reference/nx-commands */
const OF_NX = {
  generate: ['dry-run', 'no-interactive', 'help', 'verbose'],
  run: [
    'help',
    'batch',
    'base',
    'nxBail',
    'output-style',
    'skip-nx-cache',
    'skip-sync',
    'targets',
    'verbose',
  ],
};

function takes(schema: string, flag: string): boolean {
  const { properties = {} } = json(`packages/go-docker/src/${schema}/schema.json`);
  return [flag, flag.replace(/^no-/, '')].some((name) => Object.hasOwn(properties, name));
}

const flagsOf = (command: string) =>
  [...command.matchAll(/(?<= )--([a-zA-Z][\w-]*)/g)].map(([, flag = '']) => flag);

/** What the command of ours names that there is not. */
function unknownIn(command: string): readonly string[] {
  const generator = /\bnx g go-docker:([\w-]+)/.exec(command)?.[1];
  if (generator !== undefined) {
    const known = generators.find(([name]) => name === generator);
    if (!known) return [`go-docker:${generator}`];
    return flagsOf(command).filter((flag) => !OF_NX.generate.includes(flag) && !takes(known[1], flag));
  }
  const run = /\bnx run [\w@/{}<>-]+:([\w-]+)/.exec(command)?.[1];
  const many = /\bnx (?:affected|run-many) (?:-t |--targets=)((?:[a-z-]+ ?)+)/
    .exec(command)?.[1]
    ?.trim()
    .split(' ');
  return (run === undefined ? (many ?? []).filter((name) => !name.startsWith('-')) : [run]).flatMap(
    (name) => {
      const known = targets.find(([target]) => target === name);
      if (!known) return [`target ${name}`];
      return flagsOf(command).filter((flag) => !OF_NX.run.includes(flag) && !takes(known[1], flag));
    },
  );
}

/** Commands in code: up to the comment behind them, or the end of the code. */
function commandsOf(text: string): readonly { line: number; command: string }[] {
  return text.split('\n').flatMap((written, at) =>
    [...written.matchAll(/\bnx (?:g go-docker:|run |run-many |affected )[^`#]*/g)].map(([command]) => ({
      line: at + 1,
      command: command.trim(),
    })),
  );
}

it.each(pages)('the commands in %s name what there is', (page) => {
  const wrong = commandsOf(read(page)).flatMap(({ line, command }) =>
    unknownIn(command).map((what) => `${page}:${line}: ${command}: there is no ${what}`),
  );
  expect(wrong).toEqual([]);
});

it.each(pages)('the scripts in %s are in package.json', (page) => {
  const scripts = Object.keys(json('package.json')['scripts'] ?? {});
  const named = [...read(page).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
});

it.each([
  ['nx g go-docker:setup api --runner=alpine --dry-run', []],
  ['nx g go-docker:setup api --base=alpine', ['base']],
  ['nx g go-docker:set-up', ['go-docker:set-up']],
  ['nx run api:image --engine=native --batch', []],
  ['nx run api:image-compare --no-upx', []],
  ['nx run api:image --engines=native', ['engines']],
  ['nx affected -t image image-size --base=main', []],
  ['nx run-many -t images', ['target images']],
])('%s: %j', (command, unknown) => {
  expect(unknownIn(command)).toEqual(unknown);
});
