import { cpSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import {
  buildClosure,
  diskFileSystem,
  findApps,
  prunedGoWork,
  readGoWorkspace,
  testClosure,
  type BuildClosure,
  type GoApp,
  type GoWorkspace,
  type TestClosure,
} from '../src';
import { cachedProxy, copyFiles, goCommand, goMinorVersion, NO_NETWORK, type GoCommand } from './oracle';
import { parseTxtar, writeArchive } from './txtar';

const FIXTURES = join(__dirname, 'fixtures');
const ARCHITECTURES = ['amd64', 'arm64'];
/** The fixtures that have tests. */
const archives = readdirSync(FIXTURES)
  .map((name) => ({ name, archive: parseTxtar(readFileSync(join(FIXTURES, name), 'utf8')) }))
  .filter(({ archive }) => [...archive.files.keys()].some((file) => file.endsWith('_test.go')));

describe('the tests of a closure are what the go command says', () => {
  let root: string;
  let scratch: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'go-workspace-fixture-')));
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'go-workspace-')));
  });
  afterEach(() => [root, scratch].forEach((dir) => rmSync(dir, { recursive: true, force: true })));

  it.each(archives)(
    'of $name',
    ({ archive }) => {
      writeArchive(archive, root, '\n');
      const workspace = readGoWorkspace(diskFileSystem(root));
      for (const app of findApps(workspace)) {
        for (const architecture of ARCHITECTURES) expectSameTests(workspace, app, architecture);
        expectTestsToCompile(workspace, app);
      }
    },
    120_000,
  );

  function expectSameTests(workspace: GoWorkspace, app: GoApp, architecture: string): void {
    const { build, tests } = closures(workspace, app, [architecture]);
    const go = goCommand({ closure: build, tags: [], cgo: false });
    const list = (args: readonly string[]): readonly GoPackage[] =>
      packagesIn(go(join(root, app.moduleDir), ['list', ...args], { GOARCH: architecture }));
    const built = new Set(list(['-deps', '-json', app.importPath]).map(({ Dir }) => Dir));
    const all = list(['-deps', '-test', '-json', ...tests.tested.map(({ importPath }) => importPath)]);
    const tested = all.filter(
      ({ ImportPath, ForTest }) =>
        ForTest === undefined && tests.tested.some(({ importPath }) => importPath === ImportPath),
    );
    const files = (of: readonly GoPackage[], kinds: readonly FileKind[]): string[] =>
      of.flatMap((each) =>
        kinds.flatMap((kind) => (each[kind] ?? []).map((name) => relative(root, join(each.Dir, name)))),
      );

    expect(tested).toHaveLength(tests.tested.length);
    expect(tests.testFiles).toEqual(files(tested, ['TestGoFiles', 'XTestGoFiles']).sort());
    expect(tests.tested.flatMap(({ embedFiles }) => embedFiles).sort()).toEqual(
      [...new Set(files(tested, ['TestEmbedFiles', 'XTestEmbedFiles']))].sort(),
    );
    const helpers = all.filter(
      ({ Dir, ForTest, ImportPath }) =>
        ForTest === undefined &&
        !ImportPath.endsWith('.test') &&
        !built.has(Dir) &&
        !relative(root, Dir).startsWith('..'),
    );
    expect(tests.helpers.map(({ importPath }) => importPath).sort()).toEqual(
      helpers.map(({ ImportPath }) => ImportPath).sort(),
    );
    expect(tests.helpers.flatMap(({ goFiles, embedFiles }) => [...goFiles, ...embedFiles]).sort()).toEqual(
      files(helpers, ['GoFiles', 'EmbedFiles']).sort(),
    );
  }

  /** In a copy of nothing but what the closures name, without a network. */
  function expectTestsToCompile(workspace: GoWorkspace, app: GoApp): void {
    const { build, tests } = closures(workspace, app, ARCHITECTURES);
    const go: GoCommand = goCommand({ closure: build, tags: [], cgo: false });
    const goWork = prunedGoWork(workspace, tests.modules);
    const workDir = tests.modules.usesWorkFile ? '.' : app.moduleDir;
    const GOMODCACHE = join(scratch, 'mod');
    copyFiles(root, join(scratch, 'deps'), tests.modules.files, goWork);
    if (!tests.modules.isVendored)
      go(join(scratch, 'deps', workDir), ['mod', 'download'], { GOMODCACHE, GOPROXY: cachedProxy() });
    const copy = join(scratch, app.name);
    copyFiles(
      root,
      copy,
      [...tests.modules.files, ...build.files, ...tests.files, ...tests.testFiles],
      goWork,
    );
    for (const dir of tests.testdata) cpSync(join(root, dir), join(copy, dir), { recursive: true });
    const paths = tests.tested.map(({ importPath }) => importPath);
    go(join(copy, workDir), ['test', '-vet=off', '-run', '^$', ...paths], { GOMODCACHE, ...NO_NETWORK });
  }
});

function closures(
  workspace: GoWorkspace,
  { packageDir }: GoApp,
  architectures: readonly string[],
): { build: BuildClosure; tests: TestClosure } {
  const target = {
    platforms: architectures.map((architecture) => ({ os: 'linux', architecture }) as const),
    cgo: false,
    tags: [],
    goVersion: goMinorVersion(),
  };
  const build = buildClosure(workspace, packageDir, target);
  return { build, tests: testClosure(workspace, build, target) };
}

type FileKind =
  'GoFiles' | 'EmbedFiles' | 'TestGoFiles' | 'XTestGoFiles' | 'TestEmbedFiles' | 'XTestEmbedFiles';

/** What `go list -json` prints for a package, as far as it is asked for. */
interface GoPackage extends Partial<Record<FileKind, readonly string[]>> {
  readonly Dir: string;
  readonly ImportPath: string;
  /** The package that this one was compiled again for. */
  readonly ForTest?: string;
}

function packagesIn(output: string): readonly GoPackage[] {
  return JSON.parse(`[${output.replaceAll(/^\}\n\{/gm, '},{')}]`) as readonly GoPackage[];
}
