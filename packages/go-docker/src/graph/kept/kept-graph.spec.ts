import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { keepGraph, type KeptGraph, keptGraph } from './kept-graph';
import { loggedFiles } from './read-log';

const WAS_LONG_AGO = new Date('2020-01-01T00:00:00Z');

describe('a graph that was kept', () => {
  let root: string;
  const path = (file: string) => join(root, file);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(path(file)), { recursive: true });
    writeFileSync(path(file), text);
  };
  /** Reads the workspace, and keeps a graph of what was read. The clock is put on: files count as written long ago. */
  const keep = () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    const { files, log } = loggedFiles(root);
    files.readFile('go.mod');
    files.readHead?.('apps/api/main.go');
    files.readFile('go.work');
    for (const folder of ['.', 'apps/api', 'libs']) files.readDirectory(folder);
    const graph: KeptGraph = { log, nodes: { question: 'q', value: [['apps/api/Dockerfile', {}]] } };
    keepGraph(root, graph);
    clock.mockRestore();
  };
  const folder = () => path('.nx/workspace-data');
  const [file, temporary] = [/^go-docker-graph\.json$/, /\.tmp$/];

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'go-docker-kept-'));
    write('go.mod', 'module a\n');
    write('apps/api/main.go', 'package main\n');
    mkdirSync(path('.nx'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is there again while nothing has changed', () => {
    keep();
    expect(keptGraph(root)?.nodes).toEqual({ question: 'q', value: [['apps/api/Dockerfile', {}]] });
    expect(readdirSync(folder()).filter((name) => temporary.test(name))).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['a file has another content', () => write('apps/api/main.go', 'package main // changed\n')],
    [
      'a file has another content of the same length and time',
      () => {
        write('apps/api/main.go', 'package mail\n');
        utimesSync(path('apps/api/main.go'), WAS_LONG_AGO, WAS_LONG_AGO);
      },
    ],
    [
      'a file is another one of the same name',
      () => {
        write('other', 'package main\n');
        renameSync(path('other'), path('apps/api/main.go'));
      },
    ],
    ['a file is gone', () => unlinkSync(path('go.mod'))],
    ['a file is there that was asked for and was not', () => write('go.work', 'go 1.26.0\n')],
    ['a file has been added to a folder', () => write('apps/api/more.go', 'package main\n')],
    [
      'a file has become a folder',
      () => {
        unlinkSync(path('apps/api/main.go'));
        mkdirSync(path('apps/api/main.go'));
      },
    ],
    ['a link has been added to a folder', () => symlinkSync('main.go', path('apps/api/link.go'))],
    ['a folder is there that was not', () => mkdirSync(path('libs/money'), { recursive: true })],
  ])('is not used where %s', (_, change) => {
    utimesSync(path('apps/api/main.go'), WAS_LONG_AGO, WAS_LONG_AGO);
    keep();
    expect(keptGraph(root)).toBeDefined();
    change();
    expect(keptGraph(root)).toBeUndefined();
  });

  it('is used where a folder holds the same again, or something has changed that was not read', () => {
    keep();
    write('apps/api/for-a-moment', '');
    unlinkSync(path('apps/api/for-a-moment'));
    write('libs-not-read/x.go', '');
    rmSync(path('libs-not-read'), { recursive: true });
    write('docs.md/x', '');
    rmSync(path('docs.md'), { recursive: true });
    expect(keptGraph(root)).toBeDefined();
  });

  it('follows links to where they lead', () => {
    write('real/one.go', 'package a\n');
    symlinkSync('../../real', path('apps/api/linked'));
    keep();
    expect(keptGraph(root)).toBeDefined();
    rmSync(path('real'), { recursive: true });
    expect(keptGraph(root)).toBeUndefined();
  });

  it('is not kept while a file may still be written within the same tick of the clock', () => {
    const { files, log } = loggedFiles(root);
    files.readFile('go.mod');
    keepGraph(root, { log, nodes: { question: 'q', value: [] } });
    expect(keptGraph(root)).toBeUndefined();
  });

  it.each<[string, (kept: string) => void]>([
    ['cut off', (kept) => truncateSync(kept, 100)],
    ['empty', (kept) => truncateSync(kept, 0)],
    ['no JSON', (kept) => writeFileSync(kept, '\0\0\0\0')],
    ['of something else', (kept) => writeFileSync(kept, '{"version":"6.0","nodes":{}}')],
    [
      'of another installation',
      (kept) => writeFileSync(kept, readFileSync(kept, 'utf8').replace('kept-file', 'elsewhere/kept-file')),
    ],
  ])('is made anew where its file is %s', (_, spoil) => {
    keep();
    const [kept = ''] = readdirSync(folder()).filter((name) => file.test(name));
    spoil(join(folder(), kept));
    expect(keptGraph(root)).toBeUndefined();
    keep();
    expect(keptGraph(root)).toBeDefined();
  });

  it('is left out where Nx is told to keep none, and where the disk takes none', () => {
    process.env['NX_CACHE_PROJECT_GRAPH'] = 'false';
    keep();
    delete process.env['NX_CACHE_PROJECT_GRAPH'];
    expect(keptGraph(root)).toBeUndefined();
    write('.nx/workspace-data', 'a file where Nx has a folder');
    expect(keep).not.toThrow();
    expect(keptGraph(root)).toBeUndefined();
  });

  it('lies where Nx keeps its own', () => {
    process.env['NX_WORKSPACE_DATA_DIRECTORY'] = 'elsewhere/data';
    try {
      keep();
      expect(readdirSync(path('elsewhere/data'))).toEqual(['go-docker-graph.json']);
    } finally {
      delete process.env['NX_WORKSPACE_DATA_DIRECTORY'];
    }
  });
});
