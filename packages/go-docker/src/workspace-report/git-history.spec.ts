import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { committedHistory } from './git-history';

// Each commit starts git twice.
jest.setTimeout(60_000);

describe('the history of committed sizes', () => {
  let repository = '';
  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), 'git-history-'));
  });
  afterEach(() => rmSync(repository, { recursive: true, force: true }));

  const { signal } = new AbortController();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
      cwd: repository,
      encoding: 'utf8',
      env: { ...process.env, GIT_COMMITTER_DATE: '2026-03-01T10:00:00+01:00' },
    });
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    writeFileSync(join(repository, file), text);
  };
  const sizes = (project: string, total: number) => {
    const size = { total, base: 0, app: total };
    const image = { unpacked: size, compressed: size, binary: total, assets: 0, layers: 1, files: {} };
    return JSON.stringify({ version: 1, project, images: { 'linux/amd64': image } });
  };
  const commit = () => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'sizes');
  };
  const read = async (root: string, ...projects: [project: string, file: string][]) => {
    const committed = projects.map(([project, file]) => ({ project, file }));
    const history = await committedHistory(root, committed, signal);
    return Object.fromEntries(
      [...history].map(([project, past]) => [
        project,
        past.map(({ platforms }) => platforms.map(({ unpackedBytes }) => unpackedBytes)),
      ]),
    );
  };

  it('is what each commit says that changed the file, oldest first', async () => {
    git('init', '--quiet');
    write('apps/api/image-size.json', sizes('api', 100));
    write('apps/ü w/image-size.json', sizes('ü w', 7));
    commit();
    write('README.md', 'nothing about sizes\n');
    commit();
    write('apps/api/image-size.json', sizes('api', 200));
    commit();
    expect(
      await read(repository, ['api', 'apps/api/image-size.json'], ['ü w', 'apps/ü w/image-size.json']),
    ).toEqual({ api: [[100], [200]], 'ü w': [[7]] });
    const [first] =
      (
        await committedHistory(repository, [{ project: 'api', file: 'apps/api/image-size.json' }], signal)
      ).get('api') ?? [];
    expect(first).toMatchObject({
      commit: git('rev-list', '--max-parents=0', 'HEAD').trim(),
      date: '2026-03-01T10:00:00+01:00',
      platforms: [{ platform: 'linux/amd64', unpackedBytes: 100, compressedBytes: 100 }],
    });
  });

  it('leaves out commits that removed the file, or in which it cannot be read', async () => {
    git('init', '--quiet');
    for (const text of [sizes('api', 1), '<<<<<<< HEAD\n', sizes('another', 2), undefined, sizes('api', 3)]) {
      if (text === undefined) rmSync(join(repository, 'image-size.json'));
      else write('image-size.json', text);
      commit();
    }
    expect(await read(repository, ['api', 'image-size.json'])).toEqual({ api: [[1], [3]] });
  });

  it('works in a workspace that is a folder of its repository', async () => {
    git('init', '--quiet');
    write('web/apps/api/image-size.json', sizes('api', 5));
    write('apps/api/image-size.json', sizes('api', 6));
    commit();
    expect(await read(join(repository, 'web'), ['api', 'apps/api/image-size.json'])).toEqual({ api: [[5]] });
  });

  it('is empty where there is no repository, and no commit', async () => {
    expect(await read(repository, ['api', 'image-size.json'])).toEqual({});
    git('init', '--quiet');
    expect(await read(repository, ['api', 'image-size.json'])).toEqual({});
  });

  it('is bounded', async () => {
    git('init', '--quiet');
    for (let at = 1; at <= 33; at++) {
      write('image-size.json', sizes('api', at));
      commit();
    }
    const { api = [] } = await read(repository, ['api', 'image-size.json']);
    expect([api.length, api[0], api.at(-1)]).toEqual([30, [4], [33]]);
  });
});
