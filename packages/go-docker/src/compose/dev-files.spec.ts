import { api, standalone, worker } from '../dockerfile/fixtures/app-images';
import type { AppImage } from '../apps/app-image';
import { devFileCandidates, devFilePaths, devFiles, lacksDebugService, staleDevBlocks } from './dev-files';

const dockerfile = '# go-docker:begin dev\nFROM base AS dev\n# go-docker:end dev\n';
const withDebug = `${dockerfile}# go-docker:begin debug\nFROM base AS debug\n# go-docker:end debug\n`;
const composeFile = 'apps/api/compose.yaml';
const airFile = 'apps/api/.air.toml';

const texts = (files: Record<string, string> = {}): ReadonlyMap<string, string> =>
  new Map(Object.entries({ 'apps/api/Dockerfile': dockerfile, ...files }));

function write(image: AppImage, settings = {}, existing = texts()): { compose: string; air: string } {
  const files = devFiles(image, existing, settings);
  const { compose, airConfig } = devFilePaths(image, existing);
  return { compose: files.get(compose) ?? '', air: files.get(airConfig) ?? '' };
}

describe('the dev files of a new app', () => {
  it('are a compose file that works alone and through an include', () => {
    expect(write(api, { port: 8080, hostPort: 8081 }).compose).toBe(`\
# The dev container of api: nx run api:dev, or "docker compose up" here or at the root of the workspace.
# What stands between a "go-docker:begin" and its "go-docker:end" follows the workspace:
# "nx sync" renews it. All other lines are yours.
services:
  api:
    # go-docker:begin dev
    build:
      context: ../..
      dockerfile: apps/api/Dockerfile
      target: dev
    init: true
    user: \${GO_DOCKER_USER:-1000:1000}
    working_dir: /src/apps/api
    volumes:
      - ../..:/src
      - go-docker-mod:/cache/mod
      - go-docker-build:/cache/build
    # go-docker:end dev
      # More volumes go here.
    ports:
      - "127.0.0.1:\${API_PORT:-8081}:8080"
    # Environment, depends_on and the like go here.

# One cache for all apps, in every workspace.
volumes:
  go-docker-mod:
    name: go-docker-mod
  go-docker-build:
    name: go-docker-build
`);
  });

  it('publish nothing where no port is known', () => {
    expect(write(api).compose).not.toContain('ports:');
  });

  it('have a service for the debugger where the Dockerfile has that stage', () => {
    const existing = texts({ 'apps/api/Dockerfile': withDebug });
    expect(write(api, { port: 8080, debugPort: 2346 }, existing).compose).toContain(`
  # In place of api: docker compose --profile debug up --build api-debug
  api-debug:
    # go-docker:begin debug
    profiles:
      - debug
    build:
      context: ../..
      dockerfile: apps/api/Dockerfile
      target: debug
    init: true
    # go-docker:end debug
    ports:
      - "127.0.0.1:\${API_DEBUG_PORT:-2346}:2345"
      - "127.0.0.1:\${API_PORT:-8080}:8080"

# One cache`);
  });

  it.each<[string, AppImage, string, string]>([
    ['below the root', { ...api, dockerfile: 'Dockerfile' }, '.', '/src'],
    ['three folders deep', { ...api, dockerfile: 'a/b/c/Dockerfile' }, '../../..', '/src/a/b/c'],
  ])('mount the workspace of an app %s', (_, image, context, workingDir) => {
    const { compose, air } = write(image);
    expect(compose).toContain(`context: ${context}\n`);
    expect(compose).toContain(`- ${context}:/src\n`);
    expect(compose).toContain(`working_dir: ${workingDir}\n`);
    expect(air).toContain(`\nroot = "${context}"\n`);
  });

  it('name variables that a shell takes', () => {
    expect(write(api, { service: '2-api.v2', port: 80 }).compose).toContain('${APP_2_API_V2_PORT:-80}:80');
  });
});

describe('where they lie', () => {
  it('is beside the Dockerfile', () => {
    expect(devFilePaths(standalone, texts())).toEqual({
      compose: 'services/agent/compose.yaml',
      airConfig: 'services/agent/.air.toml',
    });
  });

  it('is beside a compose file of the user’s own, whatever its name', () => {
    for (const name of ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']) {
      const existing = texts({ [`apps/api/${name}`]: 'services: {}\n' });
      expect(devFilePaths(api, existing).compose).toBe('apps/api/compose.dev.yaml');
    }
  });

  it('is beside the root’s compose file for an app at the root', () => {
    expect(devFilePaths({ ...api, dockerfile: 'Dockerfile' }, texts()).compose).toBe('compose.dev.yaml');
  });

  it('is known before any of them is read', () => {
    expect(devFileCandidates(worker)).toEqual([
      'cmd/worker/Dockerfile',
      'cmd/worker/compose.yaml',
      'cmd/worker/compose.yml',
      'cmd/worker/docker-compose.yml',
      'cmd/worker/docker-compose.yaml',
      'cmd/worker/compose.dev.yaml',
      'cmd/worker/.air.toml',
    ]);
  });
});

describe('existing dev files', () => {
  const { compose, air } = write(api, { port: 8080 });
  const moved: AppImage = { ...api, dockerfile: 'apps/shop/api/Dockerfile' };
  const at = (folder: string, files: { compose: string; air: string }): ReadonlyMap<string, string> =>
    new Map([
      [`${folder}/Dockerfile`, dockerfile],
      [`${folder}/compose.yaml`, files.compose],
      [`${folder}/.air.toml`, files.air],
    ]);

  it('stay as they are when nothing has changed', () => {
    expect(write(api, {}, texts({ [composeFile]: compose, [airFile]: air }))).toEqual({ compose, air });
    expect(staleDevBlocks(api, texts({ [composeFile]: compose, [airFile]: air }))).toEqual([]);
  });

  it('keep what a person wrote around the blocks', () => {
    const own = {
      compose: compose.replace(
        '      # More',
        '      - ./data:/data\n    environment: { LEVEL: debug } # mine\n      # More',
      ),
      air: air.replace('delay = 200', 'delay = 1000 # slow disk'),
    };
    const renewed = write(moved, {}, at('apps/shop/api', own));
    expect(renewed.compose).toBe(
      own.compose.replaceAll('../..', '../../..').replaceAll('apps/api', 'apps/shop/api'),
    );
    expect(renewed.air).toContain('delay = 1000 # slow disk');
    expect(renewed.air).toContain('root = "../../.."');
  });

  it('name the blocks that are out of date, with their lines', () => {
    expect(staleDevBlocks(moved, at('apps/shop/api', { compose, air }))).toEqual([
      { file: 'apps/shop/api/compose.yaml', block: 'dev', line: 6 },
      { file: 'apps/shop/api/.air.toml', block: 'air', line: 5 },
    ]);
  });

  it('name the block of a file that is missing beside one of ours', () => {
    expect(staleDevBlocks(api, texts({ [composeFile]: compose }))).toEqual([{ file: airFile, block: 'air' }]);
    expect(staleDevBlocks(api, texts({ [airFile]: air }))).toEqual([{ file: composeFile, block: 'dev' }]);
    expect(staleDevBlocks(api, texts())).toEqual([]);
  });

  it('keep their line ends and their indentation', () => {
    const wide = compose.replace(/^( +)/gm, (spaces) => spaces.repeat(2)).replaceAll('\n', '\r\n');
    expect(write(api, {}, texts({ [composeFile]: wide })).compose).toBe(wide);
    const stale = wide.replace('target: dev', 'target: old');
    expect(write(api, {}, texts({ [composeFile]: stale })).compose).toBe(wide);
  });

  it('follow a service that stands further in, by whatever step', () => {
    const shifted = compose.replace(/^ {4}/gm, '     ').replace('target: dev', 'target: old');
    expect(write(api, {}, texts({ [composeFile]: shifted })).compose).toContain(
      '     build:\n       context: ../..\n',
    );
  });

  it('keep the name of their service', () => {
    const renamed = compose.replace('  api:\n', '  gateway:\n');
    const renewed = write(api, {}, texts({ [composeFile]: renamed })).compose;
    expect(renewed).toContain('  gateway:\n    # go-docker:begin dev\n');
  });

  it('of the user’s own stay as they are', () => {
    const own = texts({ [airFile]: 'root = "."\n' });
    expect(write(api, {}, own).air).toBe('root = "."\n');
  });

  it('get a service for the debugger below the others where its port is given', () => {
    const existing = texts({ 'apps/api/Dockerfile': withDebug, [composeFile]: compose, [airFile]: air });
    expect(lacksDebugService(api, existing)).toBe(true);
    expect(write(api, {}, existing).compose).toBe(compose);
    const both = write(api, { debugPort: 2350 }, existing).compose;
    expect(both).toBe(
      write(api, { port: 8080, debugPort: 2350 }, texts({ 'apps/api/Dockerfile': withDebug })).compose,
    );
    expect(lacksDebugService(api, texts({ 'apps/api/Dockerfile': withDebug, [composeFile]: both }))).toBe(
      false,
    );
    expect(lacksDebugService(api, texts({ [composeFile]: compose }))).toBe(false);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'a block without its end',
      { [composeFile]: compose.replace('    # go-docker:end dev\n', '') },
      `${composeFile}:6: The block "dev" has no end`,
    ],
    [
      'an unknown block',
      { [airFile]: air.replaceAll(' air\n', ' wind\n') },
      `${airFile}:5: Unknown block "wind"`,
    ],
    [
      'broken YAML',
      { [composeFile]: compose.replace('services:', 'services: [') },
      'This is no YAML that Compose reads',
    ],
  ])('are refused with %s', (_, files, message) => {
    expect(() => write(api, {}, texts(files))).toThrow(message);
  });
});
