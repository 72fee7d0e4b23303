import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diskFileSystem, readGoWorkspace } from '@go-docker/go-workspace';
import { appImageOf } from '../../apps/app-image';
import { imageFiles } from '../../dockerfile/image-files';
import { parsePlatform } from '../../dockerfile/parse-platform';
import { checkDockerfile } from './check-dockerfile';
import { imagePlan } from './plan';

describe('checkDockerfile', () => {
  let workspaceRoot = '';
  beforeEach(() => {
    workspaceRoot = mkdtempSync(join(tmpdir(), 'check-dockerfile-'));
  });
  afterEach(() => rmSync(workspaceRoot, { recursive: true }));

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(workspaceRoot, path)), { recursive: true });
    writeFileSync(join(workspaceRoot, path), text);
  };
  const check = (target?: string, platforms?: readonly string[]) => {
    const task = { project: 'api', projectRoot: 'apps/api', target: 'image', workspaceRoot };
    checkDockerfile(imagePlan({ target, platforms }, task));
  };
  const setUp = (platforms?: readonly string[], generated?: readonly string[]) => {
    const app = appImageOf(readGoWorkspace(diskFileSystem(workspaceRoot)), 'apps/api/Dockerfile', '', {
      ...(generated && { generated }),
      ...(platforms && { platforms: platforms.map((platform) => parsePlatform(platform)) }),
    });
    if (!app) throw new Error('the workspace has no api');
    for (const [path, text] of imageFiles(app, {}, { platforms })) write(path, text);
  };

  it('asks for a Dockerfile where there is none', () => {
    expect(() => check()).toThrow(
      'api has no Dockerfile: there is no apps/api/Dockerfile\n→ nx g go-docker:setup api writes one',
    );
  });

  it('lists the stages where the one that becomes the image is not among them', () => {
    write('apps/api/Dockerfile', 'FROM golang AS Builder\nFROM scratch AS final\n');
    expect(() => check()).toThrow(
      'apps/api/Dockerfile: there is no stage "runner" in this Dockerfile: the stages are builder, final\n→ name the stage that becomes the image: FROM … AS runner',
    );
    expect(() => check('final')).not.toThrow();
    write('apps/api/Dockerfile', 'FROM scratch\n');
    expect(() => check()).toThrow('there is no stage "runner" in this Dockerfile: no stage has a name');
  });

  it('asks for generated code that is not there, and takes it when it is', () => {
    write('apps/api/go.mod', 'module example.com/api\n\ngo 1.26\n');
    write('apps/api/main.go', 'package main\n\nimport _ "example.com/api/gen"\n\nfunc main() {}\n');
    write('apps/api/gen/gen.pb.go', 'package gen\n\nimport _ "example.com/api/money"\n');
    write('apps/api/money/money.go', 'package money\n');
    setUp(undefined, ['apps/api/gen']);
    expect(() => check()).not.toThrow();
    rmSync(join(workspaceRoot, 'apps/api/gen/gen.pb.go'));
    expect(() => check()).toThrow(
      'apps/api/main.go:3: generated code of api is missing\n  apps/api/gen: no Go files, imported at apps/api/main.go:3\n' +
        '→ run the target that makes it; so that Nx does, name it: nx g go-docker:setup api --generatedBy=<target>',
    );
    write('apps/api/gen/gen.pb.go', 'package gen\n\nimport _ "example.com/api/clock"\n');
    write('apps/api/clock/clock.go', 'package clock\n');
    expect(() => check()).toThrow('apps/api/Dockerfile.dockerignore:4: The Dockerfile no longer fits');
  });

  it('asks for packages that nothing is known to make', () => {
    write('apps/api/go.mod', 'module example.com/api\n\ngo 1.26\n');
    write('apps/api/main.go', 'package main\n\nfunc main() {}\n');
    setUp();
    write('apps/api/more.go', 'package main\n\nimport _ "example.com/api/gen"\n');
    expect(() => check()).toThrow(
      /^apps\/api\/more\.go:3: import "example\.com\/api\/gen": there are no Go files in apps\/api\/gen\n→ .*setup api --generatedBy=<target>$/,
    );
  });

  it('lets a Dockerfile without managed blocks be, whatever the workspace holds', () => {
    write('apps/api/Dockerfile', 'FROM scratch AS runner\n');
    write('apps/api/go.mod', 'no go.mod');
    expect(() => check()).not.toThrow();
  });

  it('refuses a managed block that no longer fits, and names the command that mends it', () => {
    cpSync(join(__dirname, '../../../../../examples/shop'), workspaceRoot, {
      recursive: true,
      filter: (path) => !/node_modules|dist|\.nx/.test(path),
    });
    setUp();
    expect(() => check()).not.toThrow();

    write('apps/api/Dockerfile.dockerignore', '# go-docker:begin context\n*\n# go-docker:end context\n');
    expect(() => check()).toThrow(
      /^apps\/api\/Dockerfile.dockerignore:1: .*out of date\n {2}apps\/api\/Dockerfile.dockerignore:1 context\n→ `nx sync` renews them/,
    );
  });

  it('refuses a platform whose files the blocks, and so the inputs of the task, do not know', () => {
    write('go.mod', 'module example.com/shop\n\ngo 1.26.8\n');
    write('apps/api/main.go', 'package main\n\nfunc main() {}\n');
    setUp();
    expect(() => check('runner', ['linux/amd64', 'linux/arm/v7'])).not.toThrow();

    write('apps/api/only_arm.go', 'package main\n');
    expect(() => check('runner', ['linux/amd64', 'linux/arm/v7'])).toThrow(
      'apps/api/Dockerfile: apps/api/only_arm.go is compiled for linux/amd64, linux/arm/v7, and the blocks of this Dockerfile are for other platforms\n' +
        '→ nx g go-docker:setup api --platforms=linux/amd64,linux/arm/v7',
    );
    rmSync(join(workspaceRoot, 'apps/api/Dockerfile'));
    setUp(['linux/amd64', 'linux/arm/v7']);
    expect(() => check('runner', ['linux/amd64', 'linux/arm/v7'])).not.toThrow();
  });
});
