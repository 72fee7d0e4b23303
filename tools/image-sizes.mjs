// Every image of the articles, built as they do and with go-docker: `npm run image-sizes` writes docs/image-sizes.md and
// docs/image-sizes.json. Sets up what is missing first.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBaseImages } from './base-images.mjs';
import { ensureEngine } from './docker-engine.mjs';
import { oldWaySizes } from './image-sizes/old-way.mjs';
import { ourImageSizes } from './image-sizes/our-image.mjs';
import { buildOurWay } from './image-sizes/our-way.mjs';
import { imageSizesPage } from './image-sizes/page.mjs';
import { imageSizesReport } from './image-sizes/report.mjs';
import { baseImages, rows } from './image-sizes/rows.mjs';
import { ensureDependencies } from './repository/dependencies.mjs';
import { freshWorkspace, mustRunNx } from './repository/fresh-workspace.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const benchmark = join(root, 'benchmarks/image-sizes');

try {
  await imageSizes();
} catch (error) {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}

async function imageSizes() {
  await ensureEngine();
  ensureDependencies();
  const standIns = await ensureBaseImages(baseImages());
  const ours = await ourWay();
  const old = await oldWay();
  const report = imageSizesReport(rows, { old, ours, standIns });
  writeFileSync(join(root, 'docs/image-sizes.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(root, 'docs/image-sizes.md'), imageSizesPage(report));
  console.log('docs/image-sizes.md and docs/image-sizes.json are written.');
}

async function ourWay() {
  const workspace = freshWorkspace('benchmarks/image-sizes', 'go-docker-image-sizes-');
  const sizes = new Map();
  try {
    await buildOurWay({
      nx: (...args) => mustRunNx(workspace, args),
      take(app, key) {
        const file = join(workspace, 'dist/images', app, 'image.json');
        sizes.set(key, ourImageSizes(JSON.parse(readFileSync(file, 'utf8'))));
      },
    });
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
  return sizes;
}

/** @returns The sizes of the images built by hand, by app and stage. */
async function oldWay() {
  const sizes = new Map();
  for (const { app, images } of rows) {
    for (const { old } of images) {
      console.log(`By hand: ${app}, stage ${old.target}`);
      sizes.set(`${app} ${old.target}`, await oldWaySizes(benchmark, app, old));
    }
  }
  return sizes;
}
