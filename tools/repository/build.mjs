// Compiles the packages and puts their templates and schemas beside the compiled code.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const packageDirs = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));

if (process.argv.includes('--clean')) {
  for (const dir of packageDirs) rmSync(join(dir, 'dist'), { recursive: true, force: true });
}
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--build', root], {
  stdio: 'inherit',
});
for (const dir of packageDirs) copyAssets(join(dir, 'src'), join(dir, 'dist'));

function copyAssets(from, to) {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name === 'fixtures') continue;
    if (entry.isDirectory()) copyAssets(join(from, entry.name), join(to, entry.name));
    else if (!entry.name.endsWith('.ts')) {
      mkdirSync(to, { recursive: true });
      copyFileSync(join(from, entry.name), join(to, entry.name));
    }
  }
}
