import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withSection } from './page.mjs';

const PAGE = join(dirname(fileURLToPath(import.meta.url)), '../../docs/benchmarks.md');

/** Puts a section into docs/benchmarks.md, in place of the one with its title or behind all others. */
export function writeSection(section) {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  writeFileSync(PAGE, withSection(page, section));
}
