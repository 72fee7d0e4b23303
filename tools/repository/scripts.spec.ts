import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { preProcessFile } from 'typescript';

const root = join(__dirname, '../..');
const scripts = ['tools', 'benchmarks', 'e2e'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]js$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
);

// Not all of them run in the tests, and no compiler looks at them.
it.each(scripts)('%s imports what is there', (script) => {
  const { importedFiles } = preProcessFile(readFileSync(join(root, script), 'utf8'), true, true);
  const missing = importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.') && !existsSync(resolve(root, dirname(script), name)));
  expect(missing).toEqual([]);
});
