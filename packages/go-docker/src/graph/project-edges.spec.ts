import type { FileImports } from '@go-docker/go-workspace';
import { projectEdges } from './project-edges';

const file = (path: string, packageDirs: string[], more: Partial<FileImports> = {}): FileImports => ({
  file: path,
  isTest: false,
  packageDirs,
  embedFiles: [],
  ...more,
});
const names = new Map([
  ['apps/api', 'api'],
  ['libs/money', 'money'],
  ['libs/money/eur', 'eur'],
  ['web', 'web'],
]);

describe('the edges between projects', () => {
  it('lead to whichever project owns the folder of the package: the one with the nearest root', () => {
    const packages = new Map([
      ['apps/api', [file('apps/api/main.go', ['libs/money/usd', 'libs/money/eur/coins'])]],
    ]);
    expect(projectEdges(packages, names)).toEqual([
      { source: 'api', target: 'money', file: 'apps/api/main.go' },
      { source: 'api', target: 'eur', file: 'apps/api/main.go' },
    ]);
  });

  it('name a project once for each file, and never the project itself', () => {
    const packages = new Map([
      ['apps/api', [file('apps/api/main.go', ['libs/money/usd', 'libs/money/gbp', 'apps/api/http'])]],
    ]);
    expect(projectEdges(packages, names)).toHaveLength(1);
  });

  it('go through packages that no project owns, around their circles and not through their tests', () => {
    const packages = new Map([
      ['apps/api', [file('apps/api/main.go', ['pkg/log'])]],
      [
        'pkg/log',
        [file('pkg/log/log.go', ['pkg/sink']), file('pkg/log/log_test.go', ['web/go'], { isTest: true })],
      ],
      ['pkg/sink', [file('pkg/sink/sink.go', ['pkg/log', 'libs/money/usd'])]],
    ]);
    expect(projectEdges(packages, names)).toEqual([
      { source: 'api', target: 'money', file: 'apps/api/main.go' },
    ]);
  });

  it('come from tests and embedded files too', () => {
    const packages = new Map([
      ['apps/api', [file('apps/api/main_test.go', ['libs/money/usd'], { isTest: true })]],
      ['.', [file('site.go', [], { embedFiles: ['web/dist/index.html'] })]],
    ]);
    expect(projectEdges(packages, new Map([...names, ['.', 'site']]))).toEqual([
      { source: 'api', target: 'money', file: 'apps/api/main_test.go' },
      { source: 'site', target: 'web', file: 'site.go' },
    ]);
  });
});
