import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { api, standalone, worker } from './fixtures/app-images';
import { filePaths, imageFiles } from './image-files';
import { depsCaches, runners } from './image-settings';

const repository = join(__dirname, '..', '..', '..', '..');
let hadolint: string;

beforeAll(() => {
  hadolint = execFileSync(process.execPath, [join(repository, 'tools/hadolint.mjs')], {
    encoding: 'utf8',
  }).trim();
}, 120_000);

/** What hadolint says of a Dockerfile, with none of its rules switched off. */
function lint(dockerfile: string): string {
  const args = ['--no-color', '--failure-threshold', 'style', '-'];
  // Away from the configuration files that hadolint looks for in the working and the home folder.
  const elsewhere = { cwd: tmpdir(), env: { ...process.env, HOME: tmpdir(), XDG_CONFIG_HOME: tmpdir() } };
  const { stdout, stderr, status } = spawnSync(hadolint, args, {
    input: dockerfile,
    encoding: 'utf8',
    ...elsewhere,
  });
  return status === 0 ? `${stdout}${stderr}` : `${stdout}${stderr}status ${status}`;
}

describe('hadolint', () => {
  const layouts = { 'go.work': api, 'one go.mod at the root': worker, 'a module of its own': standalone };
  const cases = Object.entries(layouts).flatMap(([layout, image]) =>
    runners.flatMap((runner) => depsCaches.map((depsCache) => ({ layout, image, runner, depsCache }))),
  );

  it.each(cases)(
    'finds nothing in a Dockerfile for $layout on $runner, modules in a $depsCache',
    (settings) => {
      const { image, runner, depsCache } = settings;
      const assets = [`${image.app.projectRoot}/templates`];
      const files = imageFiles(image, {}, { runner, depsCache, port: 8080, assets });
      expect(lint(files.get(filePaths(image).dockerfile) ?? '')).toBe('');
    },
  );

  it.each(depsCaches)('finds nothing where modules are private, in a %s', (depsCache) => {
    const settings = {
      private: ['git.example.com/*', 'github.com/acme'],
      auth: ['netrc', 'ssh'],
      ca: true,
    } as const;
    const files = imageFiles(api, {}, { ...settings, depsCache, stages: ['test', 'debug'] });
    expect(lint(files.get(filePaths(api).dockerfile) ?? '')).toBe('');
  });

  it.each(Object.entries(layouts))('finds nothing in the stages test and debug, for %s', (_, image) => {
    const [tested] = image.closure.packages.map((each) => ({ ...each, embedFiles: [], isMain: true }));
    const tests = { tested: tested ? [tested] : [], untested: tested ? [tested] : [] };
    const none = { helpers: [], modules: image.closure.modules, files: [], testFiles: [], testdata: [] };
    const files = imageFiles({ ...image, tests: { ...tests, ...none } }, {}, { stages: ['test', 'debug'] });
    const dockerfile = files.get(filePaths(image).dockerfile) ?? '';
    expect(dockerfile).toContain('AS debug');
    expect(lint(dockerfile)).toBe('');
  });

  it.each(
    runners.flatMap((runner) =>
      [true, false].flatMap((cgo) => [true, false].map((upx) => ({ runner, cgo, upx }))),
    ),
  )('finds nothing with a health check: %j', (settings) => {
    const files = imageFiles(api, {}, { ...settings, port: 8080, healthcheck: '/healthz' });
    expect(lint(files.get(filePaths(api).dockerfile) ?? '')).toBe('');
  });

  it('does find a fault where there is one', () => {
    expect(lint('FROM debian\nRUN cd /src && apt-get install curl\n')).toContain('DL3006');
  });
});
