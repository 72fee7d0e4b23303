// The figures of docs/which-base.md: `npm run which-base` builds the api of examples/shop on every base, and writes table and chart. Sets up what
// is missing first.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultBaseImages, ensureBaseImages } from './base-images.mjs';
import { ensureEngine } from './docker-engine.mjs';
import { ensureDependencies } from './repository/dependencies.mjs';
import { freshWorkspace, mustRunNx } from './repository/fresh-workspace.mjs';
import { figures, withFigures } from './which-base/figures.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = join(root, 'docs/which-base.md');

try {
  await whichBase();
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

async function whichBase() {
  await ensureEngine();
  ensureDependencies();
  const standIns = await ensureBaseImages(defaultBaseImages());
  const workspace = freshWorkspace('examples/shop', 'go-docker-which-base-');
  try {
    mustRunNx(workspace, ['g', 'go-docker:init', '--no-interactive']);
    mustRunNx(workspace, ['g', 'go-docker:setup', 'api', '--port=8080', '--no-interactive']);
    mustRunNx(workspace, ['run', 'api:image-compare', '--engine=docker']);
    const compared = join(workspace, 'dist/image-compare');
    const comparison = JSON.parse(readFileSync(join(compared, 'api.json'), 'utf8'));
    const text = withFigures(readFileSync(page, 'utf8'), figures(comparison, standIns));
    // One of the dependencies that may just have been installed.
    const { default: prettier } = await import('prettier');
    const style = await prettier.resolveConfig(page);
    writeFileSync(page, await prettier.format(text, { ...style, filepath: page }));
    copyFileSync(join(compared, 'api.svg'), join(root, 'docs/which-base.svg'));
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
  console.log('docs/which-base.md and docs/which-base.svg are written.');
}
