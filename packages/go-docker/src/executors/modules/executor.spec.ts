import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import modulesExecutor from './executor';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;

describe('the modules that an image links', () => {
  let root: string;
  const write = (files: Record<string, string>) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
  };
  const linked = async () => {
    const context = {
      root,
      cwd: root,
      isVerbose: false,
      projectName: 'api',
      targetName: 'image-modules',
      projectsConfigurations: { version: 2, projects: { api: { root: 'api' } } },
      nxJsonConfiguration: {},
      projectGraph: { nodes: {}, dependencies: {} },
    } satisfies ExecutorContext;
    expect(await modulesExecutor({}, context)).toEqual({ success: true });
    const written: unknown = JSON.parse(readFileSync(join(root, 'dist/image-modules/api.json'), 'utf8'));
    return written;
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'modules-executor-'));
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    write({
      'api/main.go': lines('package main', 'import _ "example.com/far"', 'func main() {}'),
      'api/Dockerfile': lines(
        '# go-docker:begin builder package=./api binary=api',
        'FROM golang AS builder',
        '# go-docker:end builder',
        'FROM scratch AS runner',
      ),
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(root, { recursive: true });
  });

  it('have versions where they are vendored, too, though the same sources may stand for two', async () => {
    const vendored = (version: string) => ({
      'api/go.mod': lines('module example.com/api', '', 'go 1.21', '', `require example.com/far ${version}`),
      'api/vendor/modules.txt': lines(
        `# example.com/far ${version}`,
        '## explicit; go 1.21',
        'example.com/far',
      ),
      'api/vendor/example.com/far/far.go': 'package far\n',
    });
    write(vendored('v1.0.0'));
    expect(await linked()).toMatchObject({ external: [{ path: 'example.com/far', version: 'v1.0.0' }] });
    expect(console.log).toHaveBeenCalledWith('api links 1 external module');

    write(vendored('v1.1.0'));
    expect(await linked()).toMatchObject({ external: [{ path: 'example.com/far', version: 'v1.1.0' }] });
  });

  it('are none where nothing comes from outside, which Go need not be asked for', async () => {
    write({ 'api/go.mod': lines('module example.com/api', '', 'go 1.21'), 'api/main.go': 'package main\n' });
    expect(await linked()).toMatchObject({ local: [{ path: 'example.com/api', go: '1.21' }], external: [] });
  });
});
