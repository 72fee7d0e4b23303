// Reads every Go file below the current folder with synchronous calls and prints how long that took: the least that a
// plugin has to do which reads them one after the other.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const GO_FILE = /\.go$|^go\.(mod|sum|work)$/;
const OTHERS = new Set(['node_modules', '.nx', '.git']);

const began = performance.now();
let files = 0;
let bytes = 0;
read('.');
console.log(JSON.stringify({ milliseconds: performance.now() - began, files, bytes }));

function read(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (!OTHERS.has(entry.name)) read(join(directory, entry.name));
    } else if (GO_FILE.test(entry.name)) {
      files++;
      bytes += readFileSync(join(directory, entry.name)).length;
    }
  }
}
