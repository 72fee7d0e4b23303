import { logger, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import setupGenerator from './generator';
import type { SetupOptions } from './options';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;
const listening = (port: number): string => lines('package main', '', `func main() { listen(":${port}") }`);

describe('the dev loop that nx g go-docker:setup writes', () => {
  let tree: Tree;
  let warnings: string[];
  const contents = (path: string): string => tree.read(path, 'utf-8') ?? '';

  beforeEach(() => {
    tree = createTreeWithEmptyWorkspace();
    tree.write('package.json', '{ "devDependencies": { "go-docker": "*" } }');
    tree.write('go.work', lines('go 1.26.0', '', 'use (', '\t./apps/api', '\t./apps/web', ')'));
    for (const app of ['api', 'web']) {
      tree.write(`apps/${app}/go.mod`, lines(`module example.com/shop/${app}`, '', 'go 1.26.0'));
      tree.write(`apps/${app}/main.go`, listening(8080));
    }
    warnings = [];
    jest.spyOn(logger, 'warn').mockImplementation((text) => void warnings.push(String(text)));
    jest.spyOn(logger, 'info').mockImplementation(() => undefined);
  });

  afterEach(() => jest.restoreAllMocks());

  const setup = (options: SetupOptions = {}): unknown => setupGenerator(tree, options);
  const allFiles = (): Record<string, string> =>
    Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, String(content)]));

  /** What was refused, and that nothing was written on the way. */
  function refusal(options: SetupOptions = {}): string {
    const before = allFiles();
    let message = 'nothing was refused';
    try {
      setup(options);
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
    expect(allFiles()).toEqual(before);
    return message;
  }

  it('is a compose file and air’s settings for each app, and a file at the root that includes them', () => {
    setup();
    expect(contents('apps/api/compose.yaml')).toContain('\n  api:\n    # go-docker:begin dev\n');
    expect(contents('apps/api/.air.toml')).toContain('\nroot = "../.."\n');
    expect(contents('compose.yaml')).toMatch(
      /^include:\n {2}- path: apps\/api\/compose\.yaml\n {2}- path: apps\/web\/compose\.yaml\n$/m,
    );
  });

  it('names the project as Nx takes it, whatever its service has to be called', () => {
    tree.write('apps/api/project.json', '{ "name": "@Shop/API" }');
    setup({ project: '@Shop/API' });
    expect(contents('apps/api/compose.yaml')).toMatch(
      /^# The dev container of shop-api: nx run @Shop\/API:dev, [^]*\n {2}shop-api:\n/,
    );
  });

  it('changes nothing the second time', () => {
    setup();
    const first = allFiles();
    warnings = [];
    setup();
    expect(allFiles()).toEqual(first);
    expect(warnings).toEqual([]);
  });

  it('says which file the root includes that is not there', () => {
    setup();
    tree.delete('apps/web');
    tree.write('go.work', lines('go 1.26.0', 'use ./apps/api'));
    tree.write('compose.yaml', contents('compose.yaml') + '  - path: ${HOME}/mine.yaml\n');
    warnings = [];
    setup();
    expect(warnings).toEqual([
      'compose.yaml includes apps/web/compose.yaml, which is not there, so that Compose starts nothing: ' +
        'remove its line, or put the file back',
    ]);
    tree.delete('apps/api/compose.yaml');
    const elsewhere = '"../infra/compose.yaml", "https://example.com/x.git", "${HOME}/mine.yaml"';
    tree.write('compose.yaml', `include: [apps/api/compose.yaml, apps/api, ${elsewhere}]\n`);
    warnings = [];
    setup();
    expect(warnings).toEqual([]);
  });

  it('is left out with --dev=false', () => {
    setup({ dev: false });
    expect(Object.keys(allFiles()).filter((file) => /compose|air/.test(file))).toEqual([]);
    expect(contents('apps/api/Dockerfile')).not.toContain('AS dev');
  });

  it('says where it cannot be, when it is asked for', () => {
    setup({ project: 'api', dev: false });
    setup({ project: 'api', dev: true });
    expect(tree.exists('apps/api/compose.yaml')).toBe(false);
    expect(warnings).toEqual([
      'apps/api/Dockerfile has no dev stage of ours, so that api gets no dev loop; write the file anew with --force',
    ]);
  });

  describe('publishes the port', () => {
    const portsOf = (app: string): string =>
      /ports:\n\s+- (.*)/.exec(contents(`apps/${app}/compose.yaml`))?.[1] ?? '';

    it('that the code shows, the second app’s on the next free one, and says so', () => {
      setup();
      expect(portsOf('api')).toBe('"127.0.0.1:${API_PORT:-8080}:8080"');
      expect(portsOf('web')).toBe('"127.0.0.1:${WEB_PORT:-8081}:8080"');
      expect(warnings).toEqual([
        'port 8080 of this machine is that of the dev service api: web is reached at 8081; WEB_PORT moves it',
      ]);
    });

    it('that is asked for, before that of the code', () => {
      setup({ project: 'api', port: 3000 });
      expect(portsOf('api')).toBe('"127.0.0.1:${API_PORT:-3000}:3000"');
    });

    it('that an existing Dockerfile exposes, before that of the code', () => {
      setup({ project: 'api', dev: false });
      tree.write(
        'apps/api/Dockerfile',
        contents('apps/api/Dockerfile').replace('ENTRYPOINT', 'EXPOSE 7000\nENTRYPOINT'),
      );
      tree.write(
        'apps/api/Dockerfile',
        contents('apps/api/Dockerfile').replace('FROM gcr.io', 'FROM base AS dev\n\nFROM gcr.io'),
      );
      setup({ project: 'api' });
      expect(portsOf('api')).toBe('"127.0.0.1:${API_PORT:-7000}:7000"');
    });

    it('moved away from all that other compose files of the workspace publish', () => {
      tree.write(
        'docker-compose.yml',
        lines('services:', '  db:', '    image: postgres', '    ports: ["8080:5432"]'),
      );
      tree.write(
        'tools/compose.test.yaml',
        lines(
          'services:',
          '  s3:',
          '    image: s3',
          '    ports:',
          '      - target: 9000',
          '        published: "8081-8082"',
        ),
      );
      tree.write('tools/broken/compose.yaml', 'services: [');
      setup({ project: 'api' });
      expect(portsOf('api')).toBe('"127.0.0.1:${API_PORT:-8083}:8080"');
      expect(warnings).toEqual([
        'port 8080 of this machine is that of docker-compose.yml: api is reached at 8083; API_PORT moves it',
      ]);
    });

    it('of everyone’s above 1024 where the app listens below', () => {
      tree.write('apps/api/main.go', listening(80));
      setup({ project: 'api' });
      expect(portsOf('api')).toBe('"127.0.0.1:${API_PORT:-8080}:80"');
    });

    it('not at all where none is known', () => {
      tree.write('apps/api/main.go', lines('package main', '', 'func main() {}'));
      setup({ project: 'api' });
      expect(portsOf('api')).toBe('');
    });
  });

  describe('beside compose files of the user’s own', () => {
    it('includes the apps in the root’s one, and keeps the rest of it', () => {
      const own = lines('# Ours.', 'services:', '  db: { image: postgres } # 17');
      tree.write('docker-compose.yml', own);
      setup({ project: 'api' });
      expect(contents('docker-compose.yml')).toBe(`${own}\ninclude:\n  - path: apps/api/compose.yaml\n`);
      expect(tree.exists('compose.yaml')).toBe(false);
    });

    it.each(['compose.yaml', 'docker-compose.yml'])(
      'keeps %s of a project, and says where the service is',
      (name) => {
        const own = lines('services:', '  api:', '    image: ours');
        tree.write(`apps/api/${name}`, own);
        setup({ project: 'api' });
        expect(contents(`apps/api/${name}`)).toBe(own);
        expect(contents('apps/api/compose.dev.yaml')).toContain('\n  api:\n');
        expect(contents('compose.yaml')).toContain('- path: apps/api/compose.dev.yaml\n');
        expect(warnings).toEqual([
          'the compose file in apps/api is your own and stays as it is: the dev service is in apps/api/compose.dev.yaml',
        ]);
        const first = allFiles();
        setup({ project: 'api' });
        expect(allFiles()).toEqual(first);
      },
    );

    it('keeps an .air.toml without a managed block', () => {
      tree.write('apps/api/.air.toml', 'root = "."\n');
      setup({ project: 'api' });
      expect(contents('apps/api/.air.toml')).toBe('root = "."\n');
      expect(warnings).toEqual([
        'apps/api/.air.toml is your own and stays as it is: it does not follow what the app is compiled from',
      ]);
    });

    it('gives a service another name where the root or a file that it includes has one of that name', () => {
      tree.write(
        'compose.yaml',
        lines('include: [infra/stack.yaml]', 'services:', '  web: { image: nginx }'),
      );
      tree.write('infra/stack.yaml', lines('services:', '  api: { image: envoy }'));
      setup();
      expect(contents('apps/api/compose.yaml')).toContain('\n  api-dev:\n');
      expect(contents('apps/web/compose.yaml')).toContain('\n  web-dev:\n');
      expect(warnings.slice(0, 1)).toEqual([
        'a service api is defined in infra/stack.yaml: the dev service of api is called api-dev',
      ]);
    });
  });

  it('names the service of a scoped project without what Compose does not take', () => {
    tree.write('apps/api/project.json', '{ "name": "@shop/API" }');
    setup({ project: '@shop/API' });
    expect(contents('apps/api/compose.yaml')).toContain('\n  shop-api:\n');
    expect(contents('apps/api/compose.yaml')).toContain('${SHOP_API_PORT:-8080}');
  });

  it('of an app at the root has a file beside the one that includes all', () => {
    tree.delete('go.work');
    tree.delete('apps');
    tree.write('go.mod', lines('module example.com/hello', '', 'go 1.26.0'));
    tree.write('main.go', listening(8080));
    setup();
    expect(contents('compose.dev.yaml')).toContain('context: .\n');
    expect(contents('compose.yaml')).toContain('- path: compose.dev.yaml\n');
    expect(contents('.air.toml')).toContain('root = "."\n');
  });

  it('has a service for the debugger where the Dockerfile has the stage, each on a port of its own', () => {
    setup({ stages: ['debug'] });
    expect(contents('apps/api/compose.yaml')).toContain('"127.0.0.1:${API_DEBUG_PORT:-2345}:2345"');
    expect(contents('apps/web/compose.yaml')).toContain('"127.0.0.1:${WEB_DEBUG_PORT:-2346}:2345"');
  });

  describe('is refused, and nothing is written,', () => {
    it('where the root’s compose file is no YAML', () => {
      tree.write('compose.yaml', lines('services:', '  db:', '    image: [postgres'));
      expect(refusal()).toMatch(/^compose\.yaml:\d:\d+: This is no YAML that Compose reads: /);
    });

    it('where a compose file that the root includes is no YAML', () => {
      tree.write('compose.yaml', lines('include:', '  - infra/stack.yaml'));
      tree.write('infra/stack.yaml', lines('a: 1', 'a: 2'));
      expect(refusal()).toMatch(
        /^infra\/stack\.yaml:2:1: This is no YAML that Compose reads: Map keys must be unique/,
      );
    });

    it('where a service with our block has the name of another one', () => {
      setup({ project: 'api' });
      tree.write('compose.yaml', lines('services:', '  api: { image: envoy }'));
      expect(refusal({ project: 'api' })).toBe(
        'apps/api/compose.yaml:5: compose.yaml has a service "api" too, so that no file can include both\n' +
          '→ Give one of the two another name, here or in compose.yaml.',
      );
    });

    it('where the end of a block is gone', () => {
      setup({ project: 'api' });
      tree.write(
        'apps/api/compose.yaml',
        contents('apps/api/compose.yaml').replace('    # go-docker:end dev\n', ''),
      );
      expect(refusal({ project: 'api' })).toMatch(/^apps\/api\/compose\.yaml:6: The block "dev" has no end/);
    });
  });
});
