import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryFileSystem } from '../files/memory-file-system';
import { readGoWorkspace } from '../modules/read-workspace';
import { parseTxtar } from '../../spec/txtar';
import { buildClosure } from '../closure/build-closure';
import type { ModuleClosure } from './module-closure';
import { prunedGoWork } from './pruned-go-work';

const TARGET = {
  platforms: [{ os: 'linux', architecture: 'amd64' }],
  cgo: false,
  tags: [],
  goVersion: '1.25.0',
} as const;

/** The module closure of a main package in one of the workspaces that the go command is asked about as well. */
function closureIn(
  fixture: string,
  packageDir: string,
): { modules: ModuleClosure; goWork: string | undefined } {
  const text = readFileSync(join(__dirname, '../../spec/fixtures', `${fixture}.txtar`), 'utf8');
  const workspace = readGoWorkspace(memoryFileSystem(Object.fromEntries(parseTxtar(text).files)));
  const { modules } = buildClosure(workspace, packageDir, TARGET);
  return { modules, goWork: prunedGoWork(workspace, modules) };
}

describe('the module closure', () => {
  it('follows imports and requirements, and leaves out the rest of the workspace', () => {
    const { modules, goWork } = closureIn('go-work', 'apps/api');

    expect(modules).toEqual({
      usesWorkFile: true,
      isVendored: false,
      moduleDirs: ['apps/api', 'libs/greet', 'libs/text'],
      versionDonors: [],
      files: ['apps/api/go.mod', 'libs/greet/go.mod', 'libs/text/go.mod'],
    });
    expect(goWork).toBe(`go 1.25.0

use (
	./apps/api
	./libs/greet
	./libs/text
)

replace (
	example.com/shop/libs/greet v0.0.0 => ./libs/greet
	example.com/shop/libs/text v0.1.0 => ./libs/text
)
`);
  });

  it('keeps what go.work itself says, in words that go.work takes', () => {
    expect(closureIn('without-requires', 'web ui').goWork).toBe(`go 1.25.0

toolchain go1.25.1

godebug default=go1.24

use (
	"./web ui"
)

replace (
	rsc.io/sampler => ./sampler
)
`);
  });

  it('without a go.work is the module, what replaces its requirements, and no go.work', () => {
    const { modules, goWork } = closureIn('local-replace', 'services/api');

    expect(goWork).toBeUndefined();
    expect(modules).toEqual({
      usesWorkFile: false,
      isVendored: false,
      moduleDirs: ['libs/base', 'libs/lib', 'libs/log', 'services/api'],
      versionDonors: [],
      files: ['libs/base/go.mod', 'libs/lib/go.mod', 'libs/log/go.mod', 'services/api/go.mod'],
    });
  });

  it('with a vendor folder holds its list of modules', () => {
    expect(closureIn('vendor', '.').modules.files).toEqual(['go.mod', 'vendor/modules.txt']);
  });
});

describe('version donors', () => {
  it.each([
    // libs/newer asks for the newest version, and cannot be loaded without libs/base; libs/older asks for one in between.
    ['version-donors', 'apps/api', ['libs/base', 'libs/newer']],
    ['version-donors', 'apps/plain', []],
    // libs/quiet requires only what apps/api requires.
    ['version-donors-by-graph', 'apps/api', ['libs/tools']],
    // libs/else replaces a module that is not linked.
    ['foreign-replace', 'apps/api', ['libs/patch']],
    ['go-work', 'apps/api', []],
  ])('in %s %s needs %j', (fixture, packageDir, donors) => {
    const { modules } = closureIn(fixture, packageDir);
    expect(modules.versionDonors).toEqual(donors);
    expect(modules.moduleDirs).toEqual(expect.arrayContaining(donors));
  });

  it('bring their go.mod and go.sum, and go.work.sum comes along', () => {
    expect(closureIn('version-donors-by-graph', 'apps/api').modules.files).toEqual([
      'apps/api/go.mod',
      'apps/api/go.sum',
      'go.work.sum',
      'libs/tools/go.mod',
      'libs/tools/go.sum',
    ]);
  });
});
