import {
  chmodSync,
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
import { readGoFile } from '@go-docker/go-workspace';
import { keptGoFiles } from './kept-go-files';
import { keepGraph, type KeptGraph, keptGraph } from './kept-graph';
import { loggedFiles } from './read-log';

/** The user that owns nothing. */
const NOBODY = 65_534;
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
    const logged = loggedFiles(root);
    const { files, log } = logged;
    const goFiles = keptGoFiles(root, logged);
    files.readFile('go.mod');
    goFiles.set('apps/api/main.go', readGoFile(files, 'apps/api/main.go'));
    files.readFile('apps/api/add.s');
    goFiles.save();
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
    write('apps/api/add.s', '//go:build arm64\n');
    mkdirSync(path('.nx'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is there again while nothing has changed', () => {
    keep();
    expect(keptGraph(root)?.nodes).toEqual({ question: 'q', value: [['apps/api/Dockerfile', {}]] });
    expect(readdirSync(folder()).filter((name) => temporary.test(name))).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['a file has another content', () => write('apps/api/add.s', '//go:build amd64\n')],
    ['a Go file is of another package', () => write('apps/api/main.go', 'package api\n')],
    ['a Go file imports something', () => write('apps/api/main.go', 'package main\n\nimport _ "embed"\n')],
    ['a Go file has a constraint', () => write('apps/api/main.go', '//go:build arm64\n\npackage main\n')],
    ['a Go file is none any more', () => write('apps/api/main.go', '\0')],
    ['a Go file is gone', () => unlinkSync(path('apps/api/main.go'))],
    [
      'a Go file has changed, and what it said is kept of another time',
      () => {
        write('apps/api/main.go', 'package main // and more\n');
        const kept = path('.nx/workspace-data/go-docker-go-files.json');
        writeFileSync(kept, readFileSync(kept, 'utf8').replace(/\[\[\d+/, '[[1'));
      },
    ],
    [
      'a Go file has changed, and it is not kept what it said',
      () => {
        write('apps/api/main.go', 'package main // and more\n');
        rmSync(path('.nx/workspace-data/go-docker-go-files.json'));
      },
    ],
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
        write('other', '//go:build arm64\n');
        renameSync(path('other'), path('apps/api/add.s'));
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

  const onPosix = process.platform === 'win32' ? it.skip : it;
  onPosix('is not used where a Go file may not be read any more, which breaks nothing here', () => {
    keep();
    chmodSync(root, 0o755);
    chmodSync(path('apps/api/main.go'), 0o000);
    // Who runs as root may read everything.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(NOBODY);
    try {
      expect(keptGraph(root)).toBeUndefined();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it('is used where the code of a Go file has changed below what the graph is made from', () => {
    keep();
    write('apps/api/main.go', 'package main\n\nfunc main() { println("changed") }\n');
    expect(keptGraph(root)).toBeDefined();
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
      expect(readdirSync(path('elsewhere/data'))).toEqual([
        'go-docker-go-files.json',
        'go-docker-graph.json',
      ]);
    } finally {
      delete process.env['NX_WORKSPACE_DATA_DIRECTORY'];
    }
  });
});
