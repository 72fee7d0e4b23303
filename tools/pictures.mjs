// Makes the pictures of the docs from examples/shop: `npm run pictures`. Needs Go and Chromium, which it sets up on Debian as root; no Docker and no
// registry: the images stand on nothing.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { ensureGo } from './go.mjs';
import { ensureDependencies } from './repository/dependencies.mjs';
import { freshWorkspace, mustRunNx, runNx } from './repository/fresh-workspace.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pictures = join(root, 'docs/pictures');

ensureGo();
// Whatever the machine has.
process.env.GO_DOCKER_ENGINE = 'native';
const executablePath = ensureChromium();
ensureDependencies();
// Only now is it there.
const { chromium } = await import('playwright-core');

const workspace = freshWorkspace('examples/shop', 'go-docker-pictures-');
try {
  measureThreeTimes();
  const page = join(workspace, 'report.html');
  const program = join(workspace, 'node_modules/go-docker/dist/command-line/main.js');
  execFileSync(process.execPath, [program, 'report', `--output=${page}`, '--title=Image sizes of shop'], {
    cwd: workspace,
    stdio: 'inherit',
  });
  await takePictures(pathToFileURL(page).href);
} finally {
  rmSync(workspace, { recursive: true, force: true });
}

/** What is committed, what grew after that, and a budget that it breaks. */
function measureThreeTimes() {
  git('init', '--quiet');
  nx('g', 'go-docker:init', '--no-interactive');
  nx('g', 'go-docker:setup', '--runner=scratch', '--no-interactive');
  nx('run-many', '-t', 'image-size', '--update');
  commit('sizes');
  edit('libs/money/money.go', '\t"fmt"\n', '\t"fmt"\n\t_ "text/template"\n');
  nx('run-many', '-t', 'image-size', '--update');
  commit('prices as texts');
  edit('libs/clock/clock.go', 'import (\n', 'import (\n\t_ "net/http/pprof"\n');
  writeFileSync(
    join(workspace, 'image-budgets.json'),
    '{ "default": "12 MB", "projects": { "worker": "6 MB", "api": "22 MB" } }\n',
  );
  // Over its budget, which is meant.
  runNx(workspace, ['run-many', '-t', 'image-size', '--nxBail=false']);
}

async function takePictures(address) {
  mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1180, height: 1000 } });
    await page.goto(address);
    await page.getByRole('button', { name: 'api', exact: true }).click();
    await page.screenshot({ path: join(pictures, `report-${colorScheme}.png`) });
    await page.close();
  }
  await browser.close();
}

function nx(...args) {
  mustRunNx(workspace, args);
}

function commit(message) {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

function git(...args) {
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  execFileSync('git', [...author, ...args], { cwd: workspace, stdio: 'inherit' });
}

function edit(file, before, after) {
  const text = readFileSync(join(workspace, file), 'utf8');
  if (!text.includes(before)) throw new Error(`${file} is not what the pictures expect.`);
  writeFileSync(join(workspace, file), text.replace(before, after));
}
