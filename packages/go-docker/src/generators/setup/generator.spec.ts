import { logger, readJson, type Tree, writeJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import setupGenerator from './generator';
import type { SetupOptions } from './options';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;
const main = 'package main\n\nfunc main() {}\n';

describe('nx g go-docker:setup', () => {
  let tree: Tree;
  let warnings: string[];
  let said: string;
  const contents = (path: string): string => tree.read(path, 'utf-8') ?? '';

  beforeEach(() => {
    tree = createTreeWithEmptyWorkspace();
    tree.write('go.work', lines('go 1.25.1', '', 'use (', '\t./apps/api', '\t./apps/web', ')'));
    for (const app of ['api', 'web']) {
      tree.write(`apps/${app}/go.mod`, lines(`module example.com/shop/${app}`, '', 'go 1.25.1'));
      tree.write(`apps/${app}/main.go`, main);
    }
    warnings = [];
    jest.spyOn(logger, 'warn').mockImplementation((text) => void warnings.push(String(text)));
    jest.spyOn(logger, 'info').mockImplementation((text) => void (said = String(text)));
  });

  afterEach(() => jest.restoreAllMocks());

  async function setup(options: SetupOptions = {}): Promise<void> {
    // The callback installs nothing: the package is named.
    tree.write('package.json', '{ "devDependencies": { "go-docker": "*" } }');
    await setupGenerator(tree, options)();
  }

  function allFiles(): Record<string, string> {
    return Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, String(content)]));
  }

  /** What was refused, and that nothing was written on the way. */
  async function refused(options: SetupOptions = {}): Promise<string> {
    tree.write('package.json', '{ "devDependencies": { "go-docker": "*" } }');
    const before = allFiles();
    const error = await setup(options).then(
      () => new Error('nothing was refused'),
      (reason: unknown) => reason,
    );
    expect(allFiles()).toEqual(before);
    return error instanceof Error ? error.message : String(error);
  }

  describe('without an argument', () => {
    it('gives every Go app a project, a Dockerfile and its ignore file, and registers the plugin', async () => {
      await setup();
      for (const app of ['api', 'web']) {
        expect(readJson(tree, `apps/${app}/project.json`)).toEqual({
          name: app,
          $schema: '../../node_modules/nx/schemas/project-schema.json',
          projectType: 'application',
        });
        expect(contents(`apps/${app}/Dockerfile`)).toContain('AS runner');
        expect(tree.exists(`apps/${app}/Dockerfile.dockerignore`)).toBe(true);
      }
      expect(readJson(tree, 'nx.json').plugins).toEqual(['go-docker']);
      expect(tree.exists('image-budgets.json')).toBe(false);
    });

    it('says what was written for each app, and what comes next', async () => {
      tree.write('.gitignore', 'dist\n');
      await setup();
      expect(said).toBe(
        [
          '',
          '  api (apps/api)  project.json, Dockerfile, Dockerfile.dockerignore, compose.yaml, .air.toml',
          '  web (apps/web)  project.json, Dockerfile, Dockerfile.dockerignore, compose.yaml, .air.toml',
          '  workspace       nx.json, compose.yaml',
          '',
          'Next: nx run api:image, or all of them: nx run-many -t image',
          'Digests for the base images: nx g go-docker:update-bases, now and every few weeks',
        ].join('\n'),
      );
    });

    it('changes nothing the second time, and says so', async () => {
      await setup();
      const first = allFiles();
      await setup();
      expect(allFiles()).toEqual(first);
      expect(said).toContain('  api (apps/api)  nothing to change\n  web (apps/web)  nothing to change\n');
      expect(warnings).toEqual([]);
    });
  });

  describe('of one app', () => {
    it.each(['web', 'apps/web', './apps/web/', 'frontend'])('takes it as %s', async (project) => {
      tree.write('apps/web/project.json', '{ "name": "frontend" }');
      await setup({ project });
      expect(tree.exists('apps/web/Dockerfile')).toBe(true);
      expect(tree.exists('apps/api/Dockerfile')).toBe(false);
    });

    it('takes all apps of a project that holds several', async () => {
      tree.write('go.work', lines('go 1.25.1', 'use ./apps/api', 'use ./backend'));
      tree.write('backend/go.mod', lines('module example.com/backend', 'go 1.25.1'));
      tree.write('backend/cmd/jobs/main.go', main);
      tree.write('backend/cmd/mail/main.go', main);
      tree.write('backend/project.json', '{ "name": "backend" }');
      await setup({ project: 'backend' });
      expect(readJson(tree, 'backend/cmd/jobs/project.json').name).toBe('jobs');
      expect(readJson(tree, 'backend/cmd/mail/project.json').name).toBe('mail');
      expect(tree.exists('backend/Dockerfile')).toBe(false);
      expect(tree.exists('apps/api/Dockerfile')).toBe(false);
    });

    it('writes its port, its assets and its budget', async () => {
      tree.write('apps/api/templates/index.html', '<h1>api</h1>');
      await setup({ project: 'api', port: 8080, assets: 'templates', budget: '15 MB', runner: 'alpine' });
      expect(contents('apps/api/Dockerfile')).toMatch(/^EXPOSE 8080$/m);
      expect(contents('apps/api/Dockerfile')).toMatch(/^COPY .*apps\/api\/templates /m);
      expect(contents('apps/api/Dockerfile')).toMatch(/^FROM alpine:\S+ AS runner$/m);
      expect(readJson(tree, 'image-budgets.json')).toMatchObject({
        $schema: './node_modules/go-docker/dist/budgets/image-budgets.schema.json',
        projects: { api: { unpacked: '15 MB' } },
      });
    });

    it('takes a Go version that looks like a number, which Nx makes of it', async () => {
      await setup({ project: 'api', goVersion: 1.26 });
      expect(contents('apps/api/Dockerfile')).toContain('golang:1.26 AS base');
    });

    it('leaves out what an open question gave', async () => {
      await setup({ project: 'api', port: '', assets: '', budget: '' });
      expect(contents('apps/api/Dockerfile')).not.toContain('EXPOSE');
      expect(tree.exists('image-budgets.json')).toBe(false);
    });
  });

  describe('names', () => {
    const server = (service: string): void => {
      tree.write(`services/${service}/go.mod`, lines(`module example.com/${service}`, 'go 1.25.1'));
      tree.write(`services/${service}/cmd/server/main.go`, main);
      tree.write(`services/${service}/cmd/jobs-${service}/main.go`, main);
    };
    const nameIn = (service: string): unknown =>
      readJson(tree, `services/${service}/cmd/server/project.json`).name;

    beforeEach(() => tree.delete('go.work'));

    it('tell apps of one folder name apart, in one run or in several', async () => {
      for (const service of ['a', 'b']) server(service);
      await setup({ project: 'services/b/cmd/server' });
      expect(tree.exists('services/a/cmd/server/project.json')).toBe(false);
      await setup();
      expect([nameIn('a'), nameIn('b')]).toEqual(['a-server', 'b-server']);
      expect(contents('services/a/cmd/server/Dockerfile')).toContain(' binary=server');
    });

    it('stay when another app comes that would have had the same', async () => {
      server('a');
      await setup();
      server('b');
      await setup();
      expect([nameIn('a'), nameIn('b')]).toEqual(['server', 'b-server']);
    });

    it('make way for a project of another language', async () => {
      tree.write('packages/api/project.json', '{ "name": "api" }');
      await setup({ project: 'apps/api' });
      expect(readJson(tree, 'apps/api/project.json').name).toBe('apps-api');
    });
  });

  describe('where Nx has a project', () => {
    it('keeps its project.json, byte for byte', async () => {
      const projectJson = lines('{', '  // ours', '  "name":   "gateway"', '}');
      tree.write('apps/api/project.json', projectJson);
      await setup();
      expect(contents('apps/api/project.json')).toBe(projectJson);
      expect(said).toContain('nx run gateway:image');
    });

    it('keeps its package.json as its only project file', async () => {
      tree.write('pnpm-workspace.yaml', 'packages:\n  - apps/api\n');
      tree.write('apps/api/package.json', '{ "name": "@shop/api" }');
      tree.write('package.json', '{ "devDependencies": { "go-docker": "*" }, "workspaces": ["apps/api"] }');
      await setupGenerator(tree, {})();
      expect(tree.exists('apps/api/project.json')).toBe(false);
      expect(said).toContain('nx run @shop/api:image');
    });

    it('gives a nameless project at the root its name', async () => {
      tree.delete('go.work');
      tree.delete('apps');
      tree.write('go.mod', lines('module example.com/tools/hello/v2', '', 'go 1.25.1'));
      tree.write('main.go', main);
      tree.write('project.json', '{}');
      await setup();
      expect(readJson(tree, 'project.json').name).toBe('hello');
    });
  });

  describe('generated code', () => {
    const proto = {
      executor: 'nx:run-commands',
      outputs: ['{projectRoot}/orders'],
      options: { command: 'true' },
    };

    beforeEach(() => {
      tree.write(
        'apps/api/main.go',
        'package main\n\nimport _ "example.com/shop/api/orders"\n\nfunc main() {}\n',
      );
      tree.write('apps/api/orders/orders.proto', 'syntax = "proto3";\n');
      writeJson(tree, 'apps/api/project.json', { name: 'api', targets: { proto } });
    });

    it('that is missing is refused, with its target where the project has one', async () => {
      expect(await refused({ project: 'apps/api' })).toBe(
        'apps/api/main.go:3: import "example.com/shop/api/orders": there are no Go files in apps/api/orders: ' +
          'orders.pb.go is made from orders.proto\n→ correct the import path, or add the package; where a target makes its ' +
          'files, name that: nx g go-docker:setup apps/api --generatedBy=proto',
      );
    });

    it('that is missing keeps no other app back, and the command fails', async () => {
      const missing =
        'apps/api/main.go:3: import "example.com/shop/api/orders": there are no Go files in apps/api/orders: ' +
        'orders.pb.go is made from orders.proto\n→ correct the import path, or add the package; where a target makes its ' +
        'files, name that: nx g go-docker:setup apps/api --generatedBy=proto';
      await expect(setup({ dev: false })).rejects.toThrow(
        /^1 of 2 apps could not be set up\n→ the reasons are above/,
      );
      expect(warnings).toEqual([missing]);
      expect(tree.exists('apps/web/Dockerfile')).toBe(true);
      expect(tree.exists('apps/api/Dockerfile')).toBe(false);
      expect(said).toContain('  web (apps/web)  project.json, Dockerfile, Dockerfile.dockerignore\n');

      const first = allFiles();
      await expect(setup({ dev: false })).rejects.toThrow('1 of 2 apps could not be set up');
      expect(allFiles()).toEqual(first);
      await setup({ project: 'apps/api', generatedBy: 'proto', dev: false });
      await setup({ dev: false });
    });

    it('that is missing everywhere is refused, with all that is wrong', async () => {
      tree.write(
        'apps/web/main.go',
        'package main\n\nimport _ "example.com/shop/web/gone"\n\nfunc main() {}\n',
      );
      expect(await refused()).toMatch(
        /^none of the 2 apps can be set up\napps\/api\/main\.go:3: [^]*\n\napps\/web\/main\.go:3: /,
      );
    });

    it('is let in, recorded, and made before the image, whatever is there when setup runs', async () => {
      await setup({ project: 'api', generatedBy: 'proto' });
      expect(contents('apps/api/Dockerfile')).toMatch(
        /^# go-docker:begin builder .* generated=apps\/api\/orders$/m,
      );
      expect(contents('apps/api/Dockerfile.dockerignore')).toContain('\n!apps/api/orders/*.go\n');
      expect(readJson(tree, 'apps/api/project.json').targets).toEqual({
        proto,
        image: { dependsOn: ['proto'] },
      });
      expect(warnings).toEqual([]);
      const first = allFiles();
      await setup({ project: 'api' });
      await setup({ project: 'api', generatedBy: 'proto' });
      tree.write('apps/api/orders/orders.pb.go', 'package orders\n');
      await setup({ project: 'api' });
      tree.delete('apps/api/orders/orders.pb.go');
      expect(allFiles()).toEqual(first);
    });

    it('of another project is named with it', async () => {
      tree.delete('apps/api/project.json');
      writeJson(tree, 'libs/schemas/project.json', {
        name: 'schemas',
        targets: { proto: { ...proto, outputs: [] } },
      });
      expect(await refused({ project: 'apps/api', generatedBy: 'proto' })).toBe(
        '--generatedBy=proto: there is no such target\n→ did you mean --generatedBy=schemas:proto?',
      );
      await setup({ project: 'apps/api', generatedBy: 'schemas:proto' });
      expect(readJson(tree, 'apps/api/project.json').targets.image.dependsOn).toEqual([
        { projects: ['schemas'], target: 'proto' },
      ]);
      expect(warnings).toEqual([
        'the target schemas:proto declares no outputs, so that Nx neither restores its files nor sees them change: name them in its "outputs"',
      ]);
    });

    it('of a target that is nowhere is refused', async () => {
      expect(await refused({ project: 'api', generatedBy: 'gone' })).toBe(
        '--generatedBy=gone: there is no such target\n→ name a target of the app’s own project, or write project:target',
      );
    });

    it('that is there is told by Git ignoring it', async () => {
      tree.write('.gitignore', '*.pb.go\npages/\n');
      tree.write('apps/api/orders/orders.pb.go', 'package orders\n');
      tree.write(
        'apps/api/web.go',
        'package main\n\nimport "embed"\n\n//go:embed pages\nvar pages embed.FS\n',
      );
      tree.write('apps/api/pages/index.html', '');
      await setup();
      expect(warnings).toEqual([
        'apps/api/orders/orders.pb.go and 1 more of apps/api: Git ignores what the image holds, so that Nx would not see it ' +
          'change; name the target that makes it: nx g go-docker:setup apps/api --generatedBy=proto',
      ]);
      warnings = [];
      await setup({ generatedBy: 'proto' });
      expect(contents('apps/api/Dockerfile')).toContain(' generated=apps/api/orders,apps/api/pages\n');
      expect(readJson(tree, 'apps/web/project.json')).not.toHaveProperty('targets');
      expect(warnings).toEqual([]);
    });

    it('that is nowhere changes nothing, and setup says so', async () => {
      await setup({ project: 'web', generatedBy: 'api:proto' });
      expect(contents('apps/web/Dockerfile')).not.toContain('generated=');
      expect(warnings).toEqual([
        '--generatedBy=api:proto changed nothing: no package of web is missing, and Git ignores no file of the image',
      ]);
    });
  });

  describe('platforms', () => {
    it('other than the default are stored in the project’s own configuration', async () => {
      const before = lines('{', '  "name": "api", // ours', '  "tags": ["go"]', '}');
      tree.write('apps/api/project.json', before);
      await setup({ project: 'api', platforms: ['linux/amd64', 'linux/arm64'] });
      expect(contents('apps/api/project.json')).toContain('// ours');
      expect(readJson(tree, 'apps/api/project.json').targets).toEqual({
        image: { options: { platforms: ['linux/amd64', 'linux/arm64'] } },
      });
    });

    it('go to the target by the name it has in this workspace', async () => {
      writeJson(tree, 'nx.json', {
        plugins: [{ plugin: 'go-docker', options: { imageTargetName: 'docker' } }],
      });
      await setup({ project: 'api', platforms: ['linux/arm64'] });
      expect(readJson(tree, 'apps/api/project.json').targets).toEqual({
        docker: { options: { platforms: ['linux/arm64'] } },
      });
    });

    it('of the default need no configuration', async () => {
      await setup({ project: 'api', platforms: ['linux/amd64'] });
      expect(readJson(tree, 'apps/api/project.json')).not.toHaveProperty('targets');
    });
  });

  describe('an existing Dockerfile', () => {
    const theirs = lines('FROM golang AS build', 'FROM scratch AS final');

    it('that is not ours is kept, with a word on what is missing in it', async () => {
      tree.write('apps/api/Dockerfile', theirs);
      await setup({ project: 'api' });
      expect(contents('apps/api/Dockerfile')).toBe(theirs);
      expect(tree.exists('apps/api/Dockerfile.dockerignore')).toBe(false);
      expect(warnings).toEqual([
        'apps/api/Dockerfile is your own and stays as it is; --force writes a new one in its place',
        'apps/api/Dockerfile has no stage named runner, which is the one to build: add `AS runner` to its last FROM',
      ]);
    });

    it('learns of private modules later, of one app or of all', async () => {
      await setup();
      await setup({ private: 'git.example.com/*,github.com/acme', auth: ['netrc'], ca: true });
      const begin = 'deps depsCache=layer private=git.example.com/*,github.com/acme auth=netrc ca=true\n';
      expect(contents('apps/api/Dockerfile')).toContain(begin);
      expect(contents('apps/web/Dockerfile')).toContain(begin);
      expect(await refused({ private: 'https://git.example.com' })).toBe(
        '"https://git.example.com" is not a pattern of module paths\n→ Write it as GOPRIVATE takes it: git.example.com/*, *.example.com.',
      );
    });

    it('keeps a deps block that its user took over, and says so where its modules were to be private', async () => {
      await setup();
      const owned = contents('apps/api/Dockerfile').replace(/^# go-docker:(begin|end) deps.*\n/gm, '');
      tree.write('apps/api/Dockerfile', owned);
      await setup({ project: 'api', private: 'git.example.com', auth: 'netrc' });
      expect(contents('apps/api/Dockerfile')).toBe(owned);
      expect(warnings).toEqual([
        'the deps block of apps/api/Dockerfile is yours: --private, --auth changed nothing; write the file anew with --force, or edit its lines',
      ]);
    });

    it('is written anew with --force', async () => {
      tree.write('apps/api/Dockerfile', theirs);
      await setup({ project: 'api', force: true });
      expect(contents('apps/api/Dockerfile')).toContain('# go-docker:begin builder');
      expect(warnings).toEqual([]);
    });

    it('of ours that is written anew tells which options were those of the old one alone', async () => {
      tree.write('apps/api/templates/a.html', '<p>');
      const chosen = { port: 8080, assets: 'templates', healthcheck: '/healthz', stages: 'test,debug' };
      const access = { private: 'git.example.com/*', auth: 'netrc', ca: true };
      await setup({ project: 'api', runner: 'scratch', depsCache: 'mount', upx: true, ...chosen, ...access });
      const tagged = contents('apps/api/Dockerfile').replace('tags=timetzdata', 'tags=timetzdata,extra');
      tree.write('apps/api/Dockerfile', tagged);
      await setup({ project: 'api', runner: 'alpine', upx: false, stages: 'test', force: true });
      expect(warnings).toEqual([
        'apps/api/Dockerfile is written anew from the options of this command; the old one had besides: ' +
          "--port=8080 --assets=apps/api/templates --healthcheck=/healthz --depsCache=mount --private='git.example.com/*' " +
          '--auth=netrc --ca --stages=debug, and tags=extra in the first line of the block "builder"',
      ]);
      await setup({ project: 'api', runner: 'alpine', stages: 'test', force: true });
      expect(warnings).toHaveLength(1);
    });

    it('of ours that Docker could not read is written anew with --force as well', async () => {
      await setup({ project: 'api' });
      const before = contents('apps/api/Dockerfile');
      tree.write('apps/api/Dockerfile', `${before}COYP a b\n`);
      await setup({ project: 'api', force: true });
      expect(contents('apps/api/Dockerfile')).toBe(before);
    });

    it('of ours gets its blocks renewed, and keeps what was written around them', async () => {
      await setup({ project: 'api' });
      const edited = contents('apps/api/Dockerfile').replace(
        /^USER .*$/m,
        'LABEL owner="shop"\nUSER 1000:1000',
      );
      tree.write('apps/api/Dockerfile', edited.replace('golang:1.25.1', 'golang:1.24.0'));
      await setup({ project: 'api' });
      expect(contents('apps/api/Dockerfile')).toBe(edited);
    });

    it('of ours takes no other runner, port or assets, and the user is told', async () => {
      await setup({ project: 'api' });
      const before = contents('apps/api/Dockerfile');
      await setup({ project: 'api', runner: 'alpine', port: 80 });
      expect(contents('apps/api/Dockerfile')).toBe(before);
      await setup({ project: 'api', runner: 'distroless' });
      expect(warnings).toEqual([
        'apps/api/Dockerfile is there, and its runner stage is yours: --runner, --port changed nothing; ' +
          'edit the stage, or write the file anew with --force',
      ]);
    });
  });

  it('says so where go.work leaves the module of an app out', async () => {
    tree.write('go.work', lines('go 1.25.1', 'use ./apps/api'));
    await setup({ dev: false });
    expect(tree.read('apps/web/Dockerfile', 'utf-8')).toContain('ENV GOWORK=off');
    expect(warnings).toEqual([
      'go.work leaves out the module in apps/web, so web builds without it (GOWORK=off); ' +
        'to build it with the others: go work use ./apps/web, then nx sync',
    ]);
  });

  it('says so where targets of the user have the names of ours, but not where these have options alone', async () => {
    writeJson(tree, 'apps/api/project.json', {
      name: 'api',
      targets: { image: { command: 'docker build .' }, dev: { executor: 'nx:run-commands' } },
    });
    writeJson(tree, 'apps/web/project.json', {
      name: 'web',
      targets: { image: { options: { platforms: ['linux/arm64'] } } },
    });
    await setup();
    expect(warnings).toEqual([
      'api has targets of its own called image, dev, in the place of ours; to have both, name ours otherwise in nx.json: ' +
        '{"plugin":"go-docker","options":{"imageTargetName":"go-image","devTargetName":"go-dev"}}',
    ]);
    warnings = [];
    await setup({ force: true, dev: false });
    expect(warnings).toEqual([expect.stringContaining('api has a target of its own called image, in the')]);
    writeJson(tree, 'nx.json', { plugins: [{ plugin: 'go-docker', options: { imageTargetName: 'oci' } }] });
    warnings = [];
    await setup();
    expect(warnings).toEqual([]);
  });

  it('says so where the go.work of an app is not at the root', async () => {
    tree.delete('go.work');
    tree.write('apps/go.work', lines('go 1.25.1', 'use ./api'));
    await setup({ project: 'api', dev: false });
    expect(contents('apps/api/Dockerfile')).toContain('ENV GOWORK=off');
    expect(warnings).toEqual([
      'apps/go.work is not at the root of the workspace, so api builds without it (GOWORK=off) and finds no module of its use ' +
        'lines; to build it with them: move the file to the root, write ./apps/ before their folders there, then run nx sync',
    ]);
  });

  describe('refuses, and writes nothing,', () => {
    it('a workspace without a go.mod', async () => {
      tree.delete('go.work');
      tree.delete('apps');
      expect(await refused()).toBe(
        'there is no Go app here: the workspace has no go.mod\n' +
          '→ run `go mod init <module path>` in the folder of the app, and write a package main',
      );
    });

    it('a workspace of libraries', async () => {
      for (const app of ['api', 'web']) tree.write(`apps/${app}/main.go`, `package ${app}\n`);
      expect(await refused()).toContain(
        'there is no Go app here: no module of the workspace has a package main',
      );
    });

    it('a go.mod that does not parse, with its line', async () => {
      tree.write('apps/web/go.mod', lines('module example.com/web', '<<<<<<< HEAD'));
      expect(await refused()).toMatch(/^apps\/web\/go\.mod:2: /);
    });

    it('a name that nothing has, with the one that was meant', async () => {
      expect(await refused({ project: 'wep' })).toBe('there is no Go app "wep"\n→ did you mean web?');
      expect(await refused({ project: 'accounting' })).toBe(
        'there is no Go app "accounting"\n→ the Go apps are api (apps/api), web (apps/web)',
      );
    });

    it('a project without a Go app', async () => {
      tree.write('libs/ui/project.json', '{ "name": "ui" }');
      expect(await refused({ project: 'ui' })).toContain(
        'the project ui (libs/ui) holds no Go app: no package main',
      );
    });

    it('an app whose every name other projects have, with the way out', async () => {
      for (const [folder, name] of Object.entries({ a: 'api', b: 'apps-api', c: 'apps-api-app' })) {
        tree.write(`libs/${folder}/project.json`, JSON.stringify({ name }));
      }
      expect(await refused()).toBe(
        'there is no name left for the project of apps/api: api is the name of libs/a, and the longer ones are taken as well\n' +
          '→ give it one: write { "name": "<a name of its own>" } to apps/api/project.json, then run the command again',
      );
      tree.write('apps/api/project.json', '{ "name": "gateway" }');
      await setup();
      expect(said).toContain('  gateway (apps/api)  Dockerfile, Dockerfile.dockerignore, compose.yaml');
    });

    it.each(['my api', 'a"b', "a'b", '$(id)', '${HOME}', '../api', 'a/../b', '-rf', 'a\\b', 'a;b'])(
      'a project of the name %s',
      async (name) => {
        writeJson(tree, 'apps/api/project.json', { name });
        expect(await refused()).toContain(
          `${JSON.stringify(name)} cannot be the name of a project with an image\n→ rename the project`,
        );
      },
    );

    it.each(['my api', '$(id)', '${HOME}'])('an app in a folder of the name %s', async (name) => {
      tree.write('go.work', lines('go 1.25.1', `use "./apps/${name}"`));
      tree.write(`apps/${name}/go.mod`, lines('module example.com/bad', 'go 1.25.1'));
      tree.write(`apps/${name}/main.go`, main);
      expect(await refused()).toContain(
        `apps/${name}: ${JSON.stringify(name)} cannot be the name of a project with an image\n→ rename the folder`,
      );
    });

    it('a port, assets or a budget for several apps', async () => {
      expect(await refused({ port: 8080 })).toBe(
        '--port would go to 2 apps: api, web\n→ name the one you mean, such as `nx g go-docker:setup api --port=8080`',
      );
      expect(await refused({ budget: '15 MB' })).toContain(
        `\`nx g go-docker:setup api --budget='15 MB'\`; a budget for all is "default" in image-budgets.json`,
      );
    });

    it.each<[SetupOptions, string]>([
      [
        { runner: 'ubuntu' },
        '--runner=ubuntu is not one of the choices\n→ choose one of distroless, scratch, alpine, debian',
      ],
      [{ depsCache: 'none' }, '--depsCache=none is not one of the choices\n→ choose one of layer, mount'],
      [{ port: 70000 }, '--port=70000 is not a port\n→ give a whole number from 1 to 65535'],
      [{ port: 'http' }, '--port=http is not a port'],
      [{ budget: '12 Mo' }, '"12 Mo" is no size'],
      [{ budget: '0 MB' }, '"0 MB"'],
      [{ budget: '-1 MB' }, '"-1 MB" is negative'],
      [{ goVersion: 'latest' }, '"latest" is not a Go version'],
      [
        { goVersion: 1.3 },
        '--goVersion=1.3 may stand for 1.3 or for 1.30\n→ write the release in full, such as 1.30.0',
      ],
      [{ platforms: ['windows/amd64'] }, 'windows/amd64'],
      [{ assets: 'templates' }, 'there is no file or folder "templates" for --assets'],
      [{ assets: '../../etc/passwd' }, 'there is no file or folder "../../etc/passwd" for --assets'],
    ])('the options %j', async (options, message) => {
      expect(await refused({ project: 'api', ...options })).toContain(message);
    });
  });
});
