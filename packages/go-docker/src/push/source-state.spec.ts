import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git as gitIn } from '../../spec/git';
import { readSourceState } from './source-state';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'source-state-')));
afterAll(() => rmSync(folder, { recursive: true }));

const environment = { PATH: process.env['PATH'], GIT_CEILING_DIRECTORIES: folder };
const read = (directory: string, more: NodeJS.ProcessEnv = {}) =>
  readSourceState(directory, { ...environment, ...more }, new AbortController().signal);

function git(directory: string, ...args: readonly string[]): string {
  const date = '2026-01-02T03:04:05+02:00';
  return gitIn(directory, args, { ...environment, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
}

function repository(): string {
  const directory = mkdtempSync(join(folder, 'repository-'));
  git(directory, 'init', '--quiet', '--initial-branch=main');
  writeFileSync(join(directory, 'file'), 'text');
  writeFileSync(join(directory, '.gitignore'), 'dist/\n');
  git(directory, 'add', '--all');
  git(directory, 'commit', '--quiet', '--message', 'state');
  return directory;
}

describe('readSourceState', () => {
  it('says what git knows of the commit', async () => {
    const directory = repository();
    git(directory, 'tag', 'v1.0.0');
    git(directory, 'tag', 'api@1.0.0');
    git(directory, 'remote', 'add', 'origin', 'git@github.com:acme/shop.git');
    expect(await read(directory)).toEqual({
      commit: git(directory, 'rev-parse', 'HEAD'),
      committed: new Date('2026-01-02T01:04:05Z'),
      isDirty: false,
      branch: 'main',
      tags: ['api@1.0.0', 'v1.0.0'],
      remote: 'git@github.com:acme/shop.git',
    });
  });

  it('sees changes that are not committed', async () => {
    const directory = repository();
    writeFileSync(join(directory, 'file'), 'other');
    expect(await read(directory)).toMatchObject({ isDirty: true });
  });

  it('sees new files, for which an image may have been built, but not those that are ignored', async () => {
    const directory = repository();
    git(directory, 'config', 'status.showUntrackedFiles', 'no');
    mkdirSync(join(directory, 'dist'));
    writeFileSync(join(directory, 'dist', 'digest.txt'), '');
    expect(await read(directory)).toMatchObject({ isDirty: false });
    writeFileSync(join(directory, 'new.go'), '');
    expect(await read(directory)).toMatchObject({ isDirty: true });
  });

  it('vouches for nothing where git cannot say what has changed', async () => {
    const directory = repository();
    writeFileSync(join(directory, '.git', 'index'), 'no index');
    expect(await read(directory)).toMatchObject({
      commit: git(directory, 'rev-parse', 'HEAD'),
      isDirty: true,
    });
  });

  it.each([
    [{}, undefined],
    [{ GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' }, 'main'],
    [{ GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1' }, undefined],
    [{ GITHUB_HEAD_REF: 'fix', GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: '1/merge' }, 'fix'],
    [{ CI_COMMIT_BRANCH: 'main' }, 'main'],
    [{ BRANCH_NAME: 'main' }, 'main'],
  ])('takes the branch of a bare commit from what CI says: %j', async (said, branch) => {
    const directory = repository();
    git(directory, 'checkout', '--quiet', '--detach');
    expect((await read(directory, said)).branch).toBe(branch);
  });

  it('knows nothing where there is no repository, no commit or no git', async () => {
    const nothing = { isDirty: false, tags: [] };
    expect(await read(mkdtempSync(join(folder, 'none-')))).toEqual(nothing);
    const empty = mkdtempSync(join(folder, 'empty-'));
    git(empty, 'init', '--quiet');
    expect(await read(empty)).toEqual(nothing);
    expect(await read(repository(), { PATH: folder })).toEqual(nothing);
  });
});
