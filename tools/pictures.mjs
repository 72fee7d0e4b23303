// Makes the pictures of the docs from examples/shop: `npm run pictures`. Needs Go, Chromium and pngquant, which it sets up on Debian as root; no Docker and
// no registry: the images stand on nothing.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { ensureGo } from './go.mjs';
import { commentPage } from './pictures/comment-page.mjs';
import { grownShop } from './pictures/grown-shop.mjs';
import { outputOfFailing } from './pictures/task-output.mjs';
import { terminalSvg } from './pictures/terminal-svg.mjs';
import { ensurePngquant } from './pngquant.mjs';
import { ensureDependencies } from './repository/dependencies.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pictures = join(root, 'docs/pictures');

ensureGo();
// Whatever the machine has.
process.env.GO_DOCKER_ENGINE = 'native';
const executablePath = ensureChromium();
const pngquant = ensurePngquant();
ensureDependencies();
// Only now is it there.
const { chromium } = await import('playwright-core');

const workspace = grownShop();
try {
  mkdirSync(pictures, { recursive: true });
  const breach = outputOfFailing(workspace, 'api:image-size');
  writeFileSync(join(pictures, 'breach.svg'), terminalSvg('nx run api:image-size', breach));
  const { page, comment } = writeReports();
  await takePictures(page, comment);
} finally {
  rmSync(workspace, { recursive: true, force: true });
}

/** The addresses of the report and of the comment that it is on a pull request. */
function writeReports() {
  const [page, markdown, comment] = ['html', 'md', 'comment.html'].map((end) =>
    join(workspace, `report.${end}`),
  );
  const program = join(workspace, 'node_modules/go-docker/dist/command-line/main.js');
  const outputs = [page, markdown].map((path) => `--output=${path}`);
  execFileSync(process.execPath, [program, 'report', ...outputs, '--title=Image sizes of shop'], {
    cwd: workspace,
    stdio: 'inherit',
  });
  writeFileSync(comment, commentPage(readFileSync(markdown, 'utf8')));
  return { page: pathToFileURL(page).href, comment: pathToFileURL(comment).href };
}

async function takePictures(report, comment) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  for (const colorScheme of ['light', 'dark']) {
    const viewport = { width: 1180, height: 1000 };
    const page = await browser.newPage({ colorScheme, viewport, deviceScaleFactor: 1.5 });
    await page.goto(report);
    await page.getByRole('button', { name: 'api', exact: true }).click();
    writePng(`report-${colorScheme}`, await page.screenshot());
    await page.goto(comment);
    writePng(`comment-${colorScheme}`, await page.locator('article').screenshot());
    await page.close();
  }
  await browser.close();
}

/** With the few colours that text on a plain ground needs: a third of the bytes. */
function writePng(name, screenshot) {
  const png = execFileSync(pngquant, ['--strip', '--speed', '1', '--nofs', '24', '-'], { input: screenshot });
  writeFileSync(join(pictures, `${name}.png`), png);
}
