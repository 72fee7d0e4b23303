import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { anchorsOf, linksOf } from './markdown.mjs';

const root = join(__dirname, '../..');
// As Git has them: what is only made here, in dist or node_modules, is on nobody else's machine.
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');
const pages = files.filter((file) => file.endsWith('.md') && !file.includes('/fixtures/'));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Why a link of the page leads nowhere; undefined where it leads somewhere, or out of the repository. */
function problem(page: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), path));
  if (!files.some((known) => known === file || known.startsWith(`${file.replace(/\/$/, '')}/`))) {
    return `there is no ${file}`;
  }
  if (anchor === undefined || anchorsOf(read(file)).has(anchor)) return undefined;
  return `${file} has no heading #${anchor}`;
}

it.each(pages)('%s leads only to what is there', (page) => {
  const broken = linksOf(read(page)).flatMap(({ line, target }) => {
    const why = problem(page, target);
    return why === undefined ? [] : [`${page}:${line}: ${target}: ${why}`];
  });
  expect(broken).toEqual([]);
});

it.each([
  ['engines.md', undefined],
  ['engines.md#hybrid', undefined],
  ['../packages/oci-image', undefined],
  ['https://nx.dev/#nowhere', undefined],
  ['engine.md', 'there is no docs/engine.md'],
  ['engines.md#hybrids', 'docs/engines.md has no heading #hybrids'],
  ['#hybrid', 'docs/push.md has no heading #hybrid'],
])('a link of docs/push.md to %s: %s', (target, why) => {
  expect(problem('docs/push.md', target)).toBe(why);
});
