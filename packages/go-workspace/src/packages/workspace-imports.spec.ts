import { memoryFileSystem } from '../files/memory-file-system';
import { readGoWorkspace } from '../modules/read-workspace';
import { workspaceImports } from './workspace-imports';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;
const importing = (...paths: string[]): string =>
  lines('package p', 'import (', ...paths.map((path) => `\t_ "${path}" // )`), ')');

const imports = (files: Record<string, string>) =>
  Object.fromEntries(
    [...workspaceImports(readGoWorkspace(memoryFileSystem(files))).values()]
      .flat()
      .map(({ file, packageDirs }) => [file, packageDirs]),
  );

describe('the imports of a workspace', () => {
  it('lead to package folders: in the own module, in go.work, behind a replace and in a nested module', () => {
    const files = {
      'go.work': lines('go 1.25', 'use (', './api', './libs/log', './libs/log/sink', ')'),
      'api/go.mod': lines(
        'module example.com/api',
        'require example.com/old v1.0.0',
        'replace example.com/old => ../old',
      ),
      'api/main.go': importing(
        'example.com/api/http',
        'example.com/log',
        'example.com/log/sink',
        'example.com/old/x',
        'fmt',
      ),
      'api/http/http.go': importing(),
      'libs/log/go.mod': 'module example.com/log\n',
      'libs/log/log.go': importing(),
      'libs/log/sink/go.mod': 'module example.com/log/sink\n',
      'libs/log/sink/sink.go': importing('example.com/log'),
      'old/go.mod': 'module example.com/old\n',
      'old/x/x.go': importing('example.com/gone'),
    };
    expect(imports(files)).toEqual({
      'api/main.go': ['api/http', 'libs/log', 'libs/log/sink', 'old/x'],
      'api/http/http.go': [],
      'libs/log/log.go': [],
      'libs/log/sink/sink.go': ['libs/log'],
      'old/x/x.go': [],
    });
  });

  it('are those of files that some Linux build takes, on whatever machine this runs', () => {
    const module = { 'go.mod': 'module example.com/m\n', 'lib/lib.go': importing() };
    const file = (constraint: string) =>
      lines(`//go:build ${constraint}`, '', importing('example.com/m/lib'));
    const taken = {
      'a_linux.go': file('!windows'),
      'b_arm64.go': file('arm64 && !cgo'),
      'c_test.go': file('integration'),
      'd.go': file('(linux || darwin) && !debug'),
    };
    const left = {
      'e_windows.go': file('amd64'),
      'f.go': file('ignore'),
      'g.go': file('!linux && !debug'),
      'h.go': file('!unix || gccgo'),
      '_i.go': importing('example.com/m/lib'),
      'testdata/j.go': importing('example.com/m/lib'),
    };
    expect(imports({ ...module, ...taken, ...left })).toEqual({
      'lib/lib.go': [],
      ...Object.fromEntries(Object.keys(taken).map((name) => [name, ['lib']])),
    });
  });

  it('are none of a file that cannot be read, and stop nothing', () => {
    const files = {
      'go.mod': 'module example.com/m\n',
      'a.go': 'package p\n\nimport "x\n',
      'b.go': importing('example.com/m/lib'),
      'lib/lib.go': importing('example.com/m'),
    };
    expect(imports(files)).toEqual({ 'a.go': [], 'b.go': ['lib'], 'lib/lib.go': ['.'] });
  });
});
