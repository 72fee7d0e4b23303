// Puts a generated workspace on the disk.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @param {string} root @param {Map<string, string>} files texts by path */
export function writeFiles(root, files) {
  for (const folder of new Set([...files.keys()].map((file) => dirname(file)))) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  for (const [file, text] of files) writeFileSync(join(root, file), text);
}
