import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pluginSettings } from '../../packages/go-docker/src/graph/plugin-options';
import { tableOf } from './markdown.mjs';

interface Option {
  readonly default?: unknown;
  readonly 'x-priority'?: string;
}

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

function optionsOf(schema: string): Record<string, Option> {
  const { properties } = JSON.parse(read(`packages/go-docker/src/${schema}/schema.json`)) as {
    properties: Record<string, Option>;
  };
  return Object.fromEntries(
    Object.entries(properties).filter(([, option]) => option['x-priority'] !== 'internal'),
  );
}

/** Names and default of each row; one row may have several options. */
function documented(rows: readonly (readonly string[])[]): { names: string[]; standard: string }[] {
  return rows.map(([names = '', standard = '']) => ({
    names: [...names.matchAll(/`(?:--)?([^`]+?)=?`/g)].map(([, name = '']) => name),
    standard,
  }));
}

describe.each([
  ['generators/setup', 'README.md', 'option', '`nx g go-docker:setup [project]`'],
  ['generators/ci', 'docs/ci.md', 'option', 'Options'],
  ['executors/image', 'README.md', 'option', '`image`'],
  ['executors/size', 'README.md', 'option', '`image-size`'],
  ['executors/load', 'README.md', 'option', '`image-load`'],
  ['executors/modules', 'README.md', 'option of `image-modules`', '`image-modules` and `go-docker:sum`'],
  ['executors/sum', 'README.md', 'option of `go-docker:sum`', '`image-modules` and `go-docker:sum`'],
  ['executors/compare', 'README.md', 'option', '`image-compare`'],
  ['executors/push', 'README.md', 'option', '`image-push`'],
  ['executors/dev', 'docs/dev-loop.md', 'option', 'Running it'],
])('the options of %s in %s', (schema, page, head, heading) => {
  const options = optionsOf(schema);
  const rows = documented(tableOf(read(page), head, heading));

  it('are those of its schema', () => {
    expect(rows.flatMap(({ names }) => names).sort()).toEqual(Object.keys(options).sort());
  });

  it('have the defaults of its schema, where that has one', () => {
    for (const { names, standard } of rows) {
      for (const name of names) {
        const value = options[name]?.default;
        if (value === undefined || Array.isArray(value)) continue;
        expect([name, standard]).toEqual([name, expect.stringContaining(`\`${String(value)}\``)]);
      }
    }
  });
});

it('what update-bases can move is in docs/staying-current.md', () => {
  const page = read('docs/staying-current.md');
  expect(Object.keys(optionsOf('generators/update-bases'))).toEqual(['only', 'go']);
  expect(tableOf(page, '`--only=`').map(([what]) => what)).toEqual([
    '`digests`',
    '`go`',
    '`tools`',
    '`certificates`',
  ]);
  expect(page).toContain('`--go=1.27`');
});

it('the options of the plugin are in README.md, with their defaults', () => {
  const rows = documented(tableOf(read('README.md'), 'option', 'Targets'));
  const written = rows.map(({ names: [name = ''], standard }) => [name, /^`([^`]+)`/.exec(standard)?.[1]]);
  const settings = Object.entries(pluginSettings({})).map(([name, value]) => [name, String(value)]);
  expect(written.sort()).toEqual(settings.sort());
});
