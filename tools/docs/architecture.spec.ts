import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableOf } from './markdown.mjs';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

const foldersOf = (path: string) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `\`${name}/\``)
    .sort();

it.each([
  ['packages/go-docker/src', 'The packages'],
  ['packages/go-docker/src/engines/native', '`native` follows the Dockerfile instead of running it'],
  ['packages/go-binary/src', 'What the bytes of a program are spent on'],
])('has every folder of %s in a table, and no other', (path, heading) => {
  const named = tableOf(page, 'folder', heading).map(([name]) => name);
  expect(named.sort()).toEqual(foldersOf(path));
});

it('names files that there are', () => {
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  const named = [...page.matchAll(/`([\w./-]+\.(?:ts|mjs|ejs|md))`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !files.some((file) => `/${file}`.endsWith(`/${name}`)))).toEqual([]);
});
