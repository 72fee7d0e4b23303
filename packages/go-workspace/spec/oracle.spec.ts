import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFileSystem, findApps, readGoWorkspace } from '../src';
import { askGo } from './oracle';
import { parseTxtar, writeArchive } from './txtar';

const FIXTURES = join(__dirname, 'fixtures');
const SHOP = join(__dirname, '../../../examples/shop');
const ARCHITECTURES = ['amd64', 'arm64', 'arm', '386', 'riscv64'];

/** Every fixture, with Unix and with Windows line ends. */
const archives = readdirSync(FIXTURES).flatMap((name) =>
  (['\n', '\r\n'] as const).map((lineEnd) => ({
    name: `${name.replace('.txtar', '')}${lineEnd === '\n' ? '' : ' with CRLF'}`,
    archive: parseTxtar(readFileSync(join(FIXTURES, name), 'utf8')),
    lineEnd,
  })),
);

describe('the closure is what the go command says', () => {
  let root: string;
  beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'go-workspace-fixture-')))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it.each(archives)(
    'of $name',
    ({ archive, lineEnd }) => {
      writeArchive(archive, root, lineEnd);
      expectGoToAgree(root);
    },
    120_000,
  );

  it('of examples/shop', () => expectGoToAgree(SHOP), 300_000);
});

function expectGoToAgree(root: string): void {
  const apps = findApps(readGoWorkspace(diskFileSystem(root)));
  expect(apps).not.toEqual([]);
  for (const { packageDir } of apps) {
    const { platforms, modules, localModulesDownloaded } = askGo({
      root,
      packageDir,
      architectures: ARCHITECTURES,
    });
    for (const { ours, goInWorkspace, goInPruned } of Object.values(platforms)) {
      expect(ours).toEqual(goInWorkspace);
      expect(goInPruned).toEqual(goInWorkspace);
    }
    expect(localModulesDownloaded).toEqual([]);
    expect(modules.inPruned).toEqual(modules.inWorkspace);
  }
}
