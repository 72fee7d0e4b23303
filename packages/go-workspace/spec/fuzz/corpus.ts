import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseTxtar } from '../txtar';

const FIXTURES = join(__dirname, '..', 'fixtures');
/** Of a longer file, the rest holds nothing that is read. */
const LONGEST = 12_000;
const PER_FOLDER = 4;

/** Go files that people wrote: some of every package of the standard library and the module cache, and those of the fixtures. */
export function goFiles(): Buffer[] {
  const [root = '', cache = ''] = execFileSync('go', ['env', 'GOROOT', 'GOMODCACHE'], {
    encoding: 'utf8',
  }).split('\n');
  const fixtures = readdirSync(FIXTURES).flatMap((name) => {
    const { files } = parseTxtar(readFileSync(join(FIXTURES, name), 'utf8'));
    return [...files].flatMap(([path, text]) => (path.endsWith('.go') ? [Buffer.from(text)] : []));
  });
  return [...filesBelow(join(root, 'src')), ...filesBelow(cache), ...fixtures];
}

function* filesBelow(dir: string): Generator<Buffer> {
  const entries = readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const sources = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.go'));
  for (const { name } of sources.slice(0, PER_FOLDER))
    yield readFileSync(join(dir, name)).subarray(0, LONGEST);
  for (const entry of entries) if (entry.isDirectory()) yield* filesBelow(join(dir, entry.name));
}
