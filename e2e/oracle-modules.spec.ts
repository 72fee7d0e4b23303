import { bumpReport, move, tidy, type Bump } from './oracle/module-bumps';
import { mustSucceed, setUp } from './workspace/set-up';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

const UUID = 'github.com/google/uuid';
const ERRORS = 'github.com/pkg/errors';
const MULTIERROR = 'github.com/hashicorp/go-multierror';
/** Linked by way of go-multierror alone. */
const ERRWRAP = 'github.com/hashicorp/errwrap';
const YAML = 'gopkg.in/yaml.v3';
/** Only the tests of yaml.v3 import it. */
const CHECK = 'gopkg.in/check.v1';
/** It imports x/sys on Linux, but not with the build tag `appengine`. */
const ISATTY = 'github.com/mattn/go-isatty';
const SYS = 'golang.org/x/sys';

describe('another version of a module rebuilds the images that link it, and no other', () => {
  afterAll(removeWorkspaces);

  it('in a workspace with one go.mod', async () => {
    const required = [`${UUID} v1.4.0`, `${ERRORS} v0.8.1`, `${MULTIERROR} v1.1.0`, `${YAML} v3.0.0`];
    const workspace = await tidied(['.'], {
      'go.mod': goMod('one', ...required),
      'ids/ids.go': source('ids', UUID),
      'cmd/a/main.go': program(UUID),
      'cmd/b/main.go': program(ERRORS, 'example.com/one/ids'),
      'cmd/c/main.go': program(MULTIERROR, YAML),
    });
    const bump = (module: string, version: string): Bump => ({ dir: '.', module, version });

    const answers = await bumpReport(workspace, [
      bump(UUID, 'v1.6.0'),
      bump(ERRORS, 'v0.9.1'),
      bump(MULTIERROR, 'v1.1.1'),
      bump(ERRWRAP, 'v1.1.0'),
      bump(YAML, 'v3.0.1'),
      bump(CHECK, 'v1.0.0-20201130134442-10cb98267c6c'),
    ]);

    expect(answers.map(({ linked }) => linked)).toEqual([['a', 'b'], ['b'], ['c'], ['c'], ['c'], []]);
    expect(answers.map(({ hashed }) => hashed)).toEqual(answers.map(({ linked }) => linked));
    // Which modules are linked is only known once `image-modules` has run.
    expect(answers.map(({ affected }) => affected)).toEqual(answers.map(() => ['a', 'b', 'c']));
  });

  it('in a workspace with go.work, where the highest version of all its modules is linked', async () => {
    const workspace = await tidied(['a', 'b', 'c'], {
      'go.work': 'go 1.26.0\n\nuse (\n\t./a\n\t./b\n\t./c\n)\n',
      'a/go.mod': goMod('a', `${UUID} v1.4.0`),
      'a/main.go': program(UUID),
      'b/go.mod': goMod('b', `${UUID} v1.5.0`, `${ERRORS} v0.8.1`),
      'b/main.go': program(UUID, ERRORS),
      'c/go.mod': goMod('c', `${MULTIERROR} v1.1.0`),
      'c/main.go': program(MULTIERROR),
    });

    const answers = await bumpReport(workspace, [
      { dir: 'a', module: UUID, version: 'v1.3.0' },
      { dir: 'a', module: UUID, version: 'v1.6.0' },
      { dir: 'b', module: UUID, version: 'v1.3.1' },
      { dir: 'b', module: ERRORS, version: 'v0.9.1' },
      { dir: 'c', module: MULTIERROR, version: 'v1.1.1' },
      { dir: 'c', module: ERRWRAP, version: 'v1.1.0' },
    ]);

    expect(answers.map(({ linked }) => linked)).toEqual([[], ['a', 'b'], ['a', 'b'], ['b'], ['c'], ['c']]);
    expect(answers.map(({ hashed }) => hashed)).toEqual(answers.map(({ linked }) => linked));
    for (const { affected, linked } of answers) expect(affected).toEqual(expect.arrayContaining([...linked]));
  });

  it('whichever versions the cache has seen before an app imported the module', async () => {
    const workspace = await tidied(['.'], {
      'go.mod': goMod('late', `${UUID} v1.4.0`),
      'cmd/a/main.go': program(UUID),
      'cmd/b/main.go': program('fmt'),
    });
    const external = async () => {
      await mustSucceed(workspace, ['run', 'b:image-modules']);
      return (JSON.parse(workspace.read('dist/image-modules/b.json')) as { external: unknown }).external;
    };
    const require = (version: string) => move(workspace, { dir: '.', module: UUID, version });
    const imports = (...paths: string[]) => workspace.write('cmd/b/main.go', program('fmt', ...paths));

    expect(await external()).toEqual([]);
    await require('v1.6.0');
    expect(await external()).toEqual([]);
    imports(UUID);
    expect(await external()).toEqual([{ path: UUID, version: 'v1.6.0' }]);
    await require('v1.4.0');
    expect(await external()).toEqual([{ path: UUID, version: 'v1.4.0' }]);
    imports();
    expect(await external()).toEqual([]);
    imports(UUID);
    await require('v1.6.0');
    expect(await external()).toEqual([{ path: UUID, version: 'v1.6.0' }]);
  });

  it('whichever build tags the cache has seen before, when another module imports by them', async () => {
    const workspace = await tidied(['.'], {
      'go.mod': goMod('tags', `${ISATTY} v0.0.20`, `${SYS} v0.8.0`),
      'cmd/a/main.go': program(ISATTY),
    });
    const external = async () => {
      await mustSucceed(workspace, ['g', 'go-docker:setup', 'a']);
      await mustSucceed(workspace, ['run', 'a:image-modules']);
      return (JSON.parse(workspace.read('dist/image-modules/a.json')) as { external: unknown }).external;
    };
    const dockerfile = workspace.read('cmd/a/Dockerfile');

    workspace.edit('cmd/a/Dockerfile', ' binary=a', ' binary=a tags=appengine');
    expect(await external()).toEqual([{ path: ISATTY, version: 'v0.0.20' }]);
    workspace.write('cmd/a/Dockerfile', dockerfile);
    expect(await external()).toEqual([
      { path: ISATTY, version: 'v0.0.20' },
      { path: SYS, version: 'v0.8.0' },
    ]);
  });
});

/** A workspace that is set up, each of its modules with the checksums it needs. */
async function tidied(dirs: readonly string[], files: Record<string, string>): Promise<Workspace> {
  const workspace = await createWorkspace({ files });
  for (const dir of dirs) await tidy(workspace, dir);
  await setUp(workspace);
  return workspace;
}

const program = (...imports: string[]): string => `${source('main', ...imports)}\nfunc main() {}\n`;

const source = (name: string, ...imports: string[]): string =>
  `package ${name}\n\nimport (\n${imports.map((path) => `\t_ "${path}"\n`).join('')})\n`;

const goMod = (name: string, ...required: string[]): string =>
  `module example.com/${name}\n\ngo 1.26.0\n\nrequire (\n${required.map((each) => `\t${each}\n`).join('')})\n`;
