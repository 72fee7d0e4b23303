import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diskFileSystem, readGoWorkspace } from '@go-docker/go-workspace';
import { appImageOf } from '../../src/apps/app-image';
import { devFilePaths, devFiles } from '../../src/compose/dev-files';
import { withIncludes } from '../../src/compose/root-include';
import { imageFiles } from '../../src/dockerfile/image-files';

interface Service {
  readonly build: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly user?: string;
  readonly working_dir?: string;
  readonly ports?: readonly {
    readonly host_ip: string;
    readonly target: number;
    readonly published: string;
  }[];
  readonly volumes?: readonly { readonly type: string; readonly source: string; readonly target: string }[];
}

interface Project {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, { readonly name: string }>>;
}

const main = 'package main\n\nfunc main() {}\n';

/** Modules of their own, at the root and up to three folders deep. */
const workspace = {
  'go.mod': 'module example.com/hello\n\ngo 1.26.0\n',
  'main.go': main,
  'apps/api/go.mod': 'module example.com/api\n\ngo 1.26.0\n',
  'apps/api/cmd/main.go': main,
  'apps/shop/deep/go.mod': 'module example.com/deep\n\ngo 1.26.0\n',
  'apps/shop/deep/main.go': main,
  'services/agent/go.mod': 'module example.com/agent\n\ngo 1.26.0\n',
  'services/agent/cmd/agent/main.go': main,
};
const folders = ['.', 'apps/api', 'apps/shop/deep', 'services/agent'];

describe('the compose files, as Docker Compose reads them', () => {
  let root: string;
  let composeFiles: string[];

  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'go-docker-compose-')));
    for (const [file, text] of Object.entries(workspace)) write(file, text);
    const goWorkspace = readGoWorkspace(diskFileSystem(root));
    composeFiles = folders.map((folder, index) => {
      const dockerfile = join(folder, 'Dockerfile');
      const image = appImageOf(goWorkspace, dockerfile, '');
      if (!image) throw new Error(`no app in ${folder}`);
      const texts = imageFiles(image, {}, { stages: ['debug'] });
      for (const [file, text] of texts) write(file, text);
      const settings = { port: 8080, hostPort: 18080 + index, debugPort: 12345 + index };
      for (const [file, text] of devFiles(image, texts, settings)) write(file, text);
      return devFilePaths(image, texts).compose;
    });
    const own =
      'x-restart: &restart { restart: always }\nservices:\n  db:\n    image: postgres:17\n    <<: *restart\n';
    write('compose.yaml', withIncludes(own, composeFiles));
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }

  function config(args: readonly string[], cwd = root, env = {}): Project {
    const all = ['compose', ...args, '--profile', '*', 'config', '--format', 'json'];
    const output = execFileSync('docker', all, {
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return JSON.parse(output) as Project;
  }

  it('are one project at the root, with the user’s own services', () => {
    const { services, volumes } = config([]);
    expect(Object.keys(services).sort()).toEqual(
      ['db', ...['agent', 'api', 'deep', 'hello'].flatMap((name) => [name, `${name}-debug`])].sort(),
    );
    expect(Object.entries(volumes).map(([key, { name }]) => [key, name])).toEqual([
      ['go-docker-build', 'go-docker-build'],
      ['go-docker-mod', 'go-docker-mod'],
    ]);
  });

  it.each([
    ['hello', '.', 0],
    ['api', 'apps/api', 1],
    ['deep', 'apps/shop/deep', 2],
    ['agent', 'services/agent', 3],
  ])('build and mount the whole workspace for %s in %s', (name, folder, index) => {
    const { services } = config([]);
    const service = services[name];
    const dockerfile = folder === '.' ? 'Dockerfile' : `${folder}/Dockerfile`;
    expect(service?.build).toEqual({ context: root, dockerfile, target: 'dev' });
    expect(services[`${name}-debug`]?.build).toEqual({ context: root, dockerfile, target: 'debug' });
    expect(service?.working_dir).toBe(folder === '.' ? '/src' : `/src/${folder}`);
    expect(service?.volumes?.map(({ type, source, target }) => [type, source, target])).toEqual([
      ['bind', root, '/src'],
      ['volume', 'go-docker-mod', '/cache/mod'],
      ['volume', 'go-docker-build', '/cache/build'],
    ]);
    expect(service?.ports).toMatchObject([
      { host_ip: '127.0.0.1', target: 8080, published: String(18080 + index) },
    ]);
  });

  it('mean the same alone, from the root and from their own folder', () => {
    const { services } = config([]);
    folders.forEach((folder, index) => {
      const file = composeFiles[index] ?? '';
      const alone = config(['-f', file]).services;
      for (const [name, service] of Object.entries(alone)) expect(service).toEqual(services[name]);
      expect(Object.keys(alone)).toHaveLength(2);
      if (folder !== '.') expect(config([], join(root, folder)).services).toEqual(alone);
    });
  });

  it('take the caller’s user and another port of the host from the environment', () => {
    const { services } = config([], root, { GO_DOCKER_USER: '501:20', API_PORT: '9999' });
    expect(services['api']?.user).toBe('501:20');
    expect(services['api']?.ports).toMatchObject([{ published: '9999' }]);
    expect(config([]).services['api']?.user).toBe('1000:1000');
  });
});
