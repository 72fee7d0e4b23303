import { memoryFileSystem, readGoWorkspace } from '@go-docker/go-workspace';
import { selectApps } from './select-apps';

const main = 'package main\n\nfunc main() {}\n';
const workspace = readGoWorkspace(
  memoryFileSystem({
    'services/a/go.mod': 'module example.com/a\n\ngo 1.26\n',
    'services/a/cmd/server/main.go': main,
    'services/a/cmd/jobs/main.go': main,
    'services/a/internal/x/x.go': 'package x\n',
    'services/b/go.mod': 'module example.com/b\n\ngo 1.26\n',
    'services/b/cmd/main.go': main,
    'services/b/web/index.html': '',
  }),
);
const selected = (wanted: string, from?: string) =>
  selectApps(workspace, new Map([['services/b', 'bank']]), wanted, from).map(
    ({ projectRoot }) => projectRoot,
  );

describe('the app that is meant', () => {
  const [jobs, server, b] = ['services/a/cmd/jobs', 'services/a/cmd/server', 'services/b'];

  it.each<[wanted: string, from: string, roots: string[]]>([
    ['.', '.', [jobs, server, b]],
    ['.', 'services/b', [b]],
    ['./', 'services/a', [jobs, server]],
    ['.', 'services/a/cmd/server', [server]],
    ['.', 'services/b/cmd', [b]],
    ['.', 'services/b/web', [b]],
    ['..', 'services/b/web', [b]],
    ['../b', 'services/a', [b]],
    ['./cmd/jobs', 'services/a', [jobs]],
    ['cmd/jobs', 'services/a', [jobs]],
    ['cmd', 'services/a', [jobs, server]],
    ['services/a', 'services/b', [jobs, server]],
    ['services/b', 'services/a', [b]],
    ['.\\cmd\\jobs', 'services/a', [jobs]],
    ['server', 'services/b', [server]],
    ['bank', 'services/a', [b]],
  ])('by %s, said in %s', (wanted, from, roots) => {
    expect(selected(wanted, from)).toEqual(roots);
  });

  it.each([
    ['.', 'services/a/internal/x', 'there is no Go app "services/a/internal/x"'],
    ['../../..', 'services/a', 'there is no Go app ".."'],
    ['./gone', '.', 'there is no Go app "gone"'],
  ])('is none by %s, said in %s', (wanted, from, message) => {
    expect(() => selected(wanted, from)).toThrow(message);
  });

  it.each(['legacy/worker', 'old', 'worker'])(
    'may stand in a module that go.work leaves out: %s',
    (wanted) => {
      const grown = readGoWorkspace(
        memoryFileSystem({
          'go.work': 'go 1.26\n\nuse ./api\n',
          'api/go.mod': 'module example.com/api\n\ngo 1.26\n',
          'api/main.go': main,
          'legacy/worker/go.mod': 'module example.com/worker\n\ngo 1.26\n',
          'legacy/worker/main.go': main,
        }),
      );
      const names = selectApps(grown, new Map([['legacy/worker', 'old']]), wanted).map(({ name }) => name);
      expect(names).toEqual(['worker']);
    },
  );
});
