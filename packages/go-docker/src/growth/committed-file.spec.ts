import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git as gitIn } from '../../spec/git';
import { commitOf, committedFile } from './committed-file';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'committed-file-')));
const before = { ...process.env };
beforeAll(() => (process.env['GIT_CEILING_DIRECTORIES'] = folder));
afterEach(() => (process.env['PATH'] = before['PATH']));
afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

const git = (directory: string, ...args: readonly string[]) => gitIn(directory, args);

/** A repository with a workspace in a folder of its own, and a file in it that has had two states. */
function repository(): string {
  const root = mkdtempSync(join(folder, 'repository-'));
  const workspace = join(root, 'web shop');
  mkdirSync(join(workspace, 'apps'), { recursive: true });
  git(root, 'init', '--quiet', '--initial-branch=main');
  for (const text of ['one', 'two\n']) {
    writeFileSync(join(workspace, 'apps/size.json'), text);
    git(root, 'add', '--all');
    git(root, 'commit', '--quiet', '--message', text);
  }
  return workspace;
}

const options = (workspaceRoot: string) => ({ workspaceRoot, signal: new AbortController().signal });
const commit = (ref: string, directory: string) => commitOf(ref, options(directory));

async function fileAt(ref: string, file: string, directory: string) {
  return committedFile(await commit(ref, directory), file, options(directory));
}

describe('committedFile', () => {
  it('reads a file as it stood at a commit, in a workspace below the root of its repository', async () => {
    const workspace = repository();
    git(workspace, 'tag', 'v1', 'HEAD~1');
    writeFileSync(join(workspace, 'apps/size.json'), 'three');
    expect(await fileAt('main', 'apps/size.json', workspace)).toBe('two\n');
    expect(await fileAt('v1', 'apps/size.json', workspace)).toBe('one');
    expect(await fileAt('HEAD~1', 'apps/size.json', workspace)).toBe('one');
    expect(await fileAt(git(workspace, 'rev-parse', 'HEAD'), 'apps/size.json', workspace)).toBe('two\n');
  });

  it('says that a commit has no such file', async () => {
    const workspace = repository();
    expect(await fileAt('main', 'apps/none.json', workspace)).toBeUndefined();
    expect(await fileAt('main', 'none/size.json', workspace)).toBeUndefined();
  });
});

describe('commitOf', () => {
  it('gives the commit of an annotated tag', async () => {
    const workspace = repository();
    git(workspace, 'tag', '--annotate', '--message', 'a release', 'v2');
    expect(await commit('v2', workspace)).toBe(git(workspace, 'rev-parse', 'HEAD'));
  });

  it.each(['--help', '-x', 'main:apps/size.json', 'a b', ''])(
    'takes %j for no name of a commit',
    async (ref) => {
      await expect(commit(ref, repository())).rejects.toThrow(
        `--base: ${JSON.stringify(ref)} is no name of a commit\n→ name a branch, a tag or a commit, such as --base=main`,
      );
    },
  );

  it('says that a ref is not there', async () => {
    await expect(commit('origin/main', repository())).rejects.toThrow(
      '--base: there is no commit "origin/main" in this repository\n→ correct the name, or fetch the branch: git fetch origin',
    );
  });

  it('runs nothing that a ref may look like', async () => {
    await expect(commit('$(touch${IFS}/tmp/x);`id`', repository())).rejects.toThrow('there is no commit');
  });

  it('says that a clone is shallow', async () => {
    const clone = join(folder, 'shallow');
    git(folder, 'clone', '--quiet', '--depth=1', `file://${join(repository(), '..')}`, clone);
    await expect(commit('HEAD~1', clone)).rejects.toThrow(
      '--base: there is no commit "HEAD~1" in this clone, which is shallow\n→ fetch it, such as with git fetch --depth=1 origin main; or clone all of it (fetch-depth: 0)',
    );
  });

  it('says that there is no repository', async () => {
    await expect(commit('main', folder)).rejects.toThrow(
      /^--base: the workspace is in no git repository that can be read\nfatal: not a git repository.*\n→ leave --base out/,
    );
  });

  it('says that there is no git', async () => {
    const workspace = repository();
    process.env['PATH'] = folder;
    await expect(commit('main', workspace)).rejects.toThrow(
      '--base asks git, and there is no git on the PATH\n→ install git, or leave --base out',
    );
  });
});
