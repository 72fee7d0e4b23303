import { memoryFileSystem, readGoWorkspace } from '@go-docker/go-workspace';
import { imageFiles } from '../dockerfile/image-files';
import { GoDockerError } from '../errors';
import { appImageOf } from './app-image';

const main = 'package main\n\nfunc main() {}\n';
const shop = {
  'go.work': 'go 1.26.8\n\nuse (\n\t./apps/api\n\t./apps/worker\n\t./libs/log\n)\n',
  'apps/api/go.mod': 'module example.com/api\n\ngo 1.26.0\n\nrequire example.com/log v0.0.0\n',
  'apps/api/main.go':
    'package main\n\nimport (\n\t"embed"\n\n\t_ "example.com/log"\n)\n\n//go:embed pages *.txt\nvar pages embed.FS\n\nfunc main() {}\n',
  'apps/api/main_test.go': 'package main\n',
  'apps/api/robots.txt': '',
  'apps/api/pages/index.html': '',
  'apps/api/pages/css/site.css': '',
  'apps/api/pages/.env': 'SECRET=1',
  'apps/worker/go.mod': 'module example.com/worker\n\ngo 1.26.0\n',
  'apps/worker/main.go': main,
  'libs/log/go.mod': 'module example.com/log\n\ngo 1.26.0\n',
  'libs/log/log.go': 'package log\n',
  'libs/log/log_arm.go': 'package log\n\nimport _ "example.com/log/arm"\n',
  'libs/log/arm/arm.go': 'package arm\n',
};
const workspace = (files: Record<string, string>) => readGoWorkspace(memoryFileSystem(files));
const image = (files: Record<string, string>, projectRoot: string) => {
  const found = appImageOf(workspace(files), `${projectRoot}/Dockerfile`, '');
  if (!found) throw new Error(`no app in ${projectRoot}`);
  return found;
};

describe('the image of an app', () => {
  it('has the name of its folder and the Go release of go.work', () => {
    const { app, binaryName, goVersion } = image(shop, 'apps/worker');
    expect([app.packageDir, binaryName, goVersion]).toEqual(['apps/worker', 'worker', '1.26.8']);
  });

  it('knows the folders that are embedded whole, hidden files left out', () => {
    expect(image(shop, 'apps/api').embeddedFolders).toEqual(['apps/api/pages']);
  });

  it('lets in embedded files by name where the folder holds others beside them', () => {
    const files = {
      ...shop,
      'apps/api/main.go': shop['apps/api/main.go'].replace('pages *.txt', 'pages/index.html'),
    };
    const ignore = imageFiles(image(files, 'apps/api'), {}, {}).get('apps/api/Dockerfile.dockerignore');
    expect(ignore).toContain('# Other files of these packages\n!apps/api/pages/index.html\n# go-docker:end');
  });

  it('lets in exactly the closure', () => {
    const ignore = imageFiles(image(shop, 'apps/api'), {}, {}).get('apps/api/Dockerfile.dockerignore');
    expect(ignore?.split('\n').filter((line) => line && !line.startsWith('#'))).toEqual([
      '**',
      '!apps/api/go.mod',
      '!libs/log/go.mod',
      '!apps/api/*.go',
      '!libs/log/*.go',
      '**/*_test.go',
      '!apps/api/pages',
      'apps/api/pages/**/.*',
      'apps/api/pages/**/_*',
      '!apps/api/robots.txt',
    ]);
  });

  it('lets in what tests need where a test stage is to come, and that is no input of the closure', () => {
    const files = {
      ...shop,
      'go.work': shop['go.work'].replace('\t./libs/log\n', '\t./libs/log\n\t./libs/kit\n'),
      'apps/api/main_test.go':
        'package main_test\n\nimport (\n\t_ "embed"\n\n\t_ "example.com/kit"\n)\n\n//go:embed want.json\nvar want string\n',
      'apps/api/want.json': '{}',
      'apps/api/testdata/a.txt': '',
      'libs/kit/go.mod': 'module example.com/kit\n\ngo 1.26.0\n',
      'libs/kit/kit.go': 'package kit\n',
      'libs/kit/kit_test.go': 'package kit\n',
    };
    const tested = appImageOf(workspace(files), 'apps/api/Dockerfile', '', { tests: true });
    const texts = tested && imageFiles(tested, {}, { stages: ['test'] });
    expect(
      texts
        ?.get('apps/api/Dockerfile.dockerignore')
        ?.split('\n')
        .filter((line) => line && !line.startsWith('#')),
    ).toEqual([
      '**',
      '!apps/api/go.mod',
      '!libs/kit/go.mod',
      '!libs/log/go.mod',
      '!apps/api/*.go',
      '!libs/log/*.go',
      '!libs/kit/*.go',
      'libs/kit/*_test.go',
      '!apps/api/pages',
      'apps/api/pages/**/.*',
      'apps/api/pages/**/_*',
      '!apps/api/robots.txt',
      '!apps/api/want.json',
      '!apps/api/testdata',
    ]);
    expect(texts?.get('apps/api/Dockerfile')).toContain(
      'go test \\\n      ./apps/api \\\n      ./libs/log\n',
    );
    expect(tested?.closure.files).toEqual(image(shop, 'apps/api').closure.files);
    // The block that is there says it as well.
    expect(
      appImageOf(workspace(files), 'apps/api/Dockerfile', texts?.get('apps/api/Dockerfile') ?? ''),
    ).toEqual(tested);
  });

  it.each(['a b', 'a"b', '$(id)', '${X}', "it's"])(
    'is refused where an app lies in the folder %j',
    (folder) => {
      const files = {
        [`${folder}/go.mod`]: 'module example.com/x\n\ngo 1.26\n',
        [`${folder}/main.go`]: main,
      };
      expect(() => image(files, folder)).toThrow(GoDockerError);
      expect(() => image(files, folder)).toThrow(
        `The folder of the package ${JSON.stringify(folder)} cannot be used in a Dockerfile\n→ Rename it`,
      );
    },
  );
});

describe('an image with generated code', () => {
  const clean = {
    'go.mod': 'module example.com/shop\n\ngo 1.26\n',
    'apps/api/main.go': 'package main\n\nimport _ "example.com/shop/gen/orders"\n\nfunc main() {}\n',
    'money/money.go': 'package money\n',
  };
  const files = {
    ...clean,
    'gen/orders/orders.pb.go': 'package orders\n\nimport _ "example.com/shop/money"\n',
  };
  const made = appImageOf(workspace(files), 'apps/api/Dockerfile', '', { generated: ['gen/orders'] });
  const texts = made ? Object.fromEntries(imageFiles(made, {}, {})) : {};
  const renewed = (others: Record<string, string>) => {
    const all = { ...texts, ...others };
    const dockerfile = all['apps/api/Dockerfile'] ?? '';
    const image = appImageOf(workspace(all), 'apps/api/Dockerfile', dockerfile);
    if (!image) throw new Error('no app');
    return imageFiles(image, { dockerfile, dockerignore: all['apps/api/Dockerfile.dockerignore'] }, {});
  };

  it('records its folders, and lets in what is to be made', () => {
    expect(texts['apps/api/Dockerfile']).toContain(
      '# go-docker:begin builder package=./apps/api binary=api generated=gen/orders\n',
    );
    expect(texts['apps/api/Dockerfile.dockerignore']).toContain(
      '!apps/api/*.go\n!gen/orders/*.go\n!money/*.go\n',
    );
  });

  it('has the same files with the code and without', () => {
    expect(Object.fromEntries(renewed(files))).toEqual(texts);
    expect(Object.fromEntries(renewed(clean))).toEqual(texts);
  });

  it('follows what else changes while the code is missing', () => {
    const ignore = renewed({
      ...clean,
      'apps/api/more.go': 'package main\n\nimport _ "example.com/shop/clock"\n',
      'clock/clock.go': 'package clock\n',
    }).get('apps/api/Dockerfile.dockerignore');
    expect(ignore).toContain('!apps/api/*.go\n!clock/*.go\n!gen/orders/*.go\n!money/*.go\n');
  });
});

describe('the image of an existing Dockerfile', () => {
  const dockerfile = imageFiles(image(shop, 'apps/api'), {}, {}).get('apps/api/Dockerfile') ?? '';

  it('is that of the package its block names, wherever the file lies', () => {
    expect(appImageOf(workspace(shop), 'deploy/Dockerfile', dockerfile)).toEqual({
      ...image(shop, 'apps/api'),
      dockerfile: 'deploy/Dockerfile',
    });
  });

  it('is that of the app in its folder where it has no block', () => {
    expect(appImageOf(workspace(shop), 'apps/worker/Dockerfile', 'FROM a\n')?.app.name).toBe('worker');
    expect(appImageOf(workspace(shop), 'docs/Dockerfile', 'FROM a\n')).toBeUndefined();
  });

  it('keeps the name of the program that the block records', () => {
    const own = dockerfile.replace('binary=api', 'binary=server');
    expect(appImageOf(workspace(shop), 'apps/api/Dockerfile', own)?.binaryName).toBe('server');
  });

  it('holds the files of the platforms that the block records', () => {
    const own = dockerfile.replace('binary=api', 'binary=api platforms=linux/arm/v7');
    const dirs = appImageOf(workspace(shop), 'apps/api/Dockerfile', own)?.closure.packages.map(
      ({ dir }) => dir,
    );
    expect(dirs).toEqual(['apps/api', 'libs/log', 'libs/log/arm']);
  });

  it.each([
    [
      'package=./apps/api',
      'package=./apps/gone',
      'The package apps/gone is no main package of the workspace',
    ],
    ['package=./apps/api', 'package=./libs/log', 'The package libs/log is no main package of the workspace'],
    ['package=./apps/api', 'package=../x', 'The package "../x" cannot be used in a Dockerfile'],
    ['binary=api', 'binary=$(id)', 'The name of the program "$(id)" cannot be used in a Dockerfile'],
    ['binary=api', 'tags=a;b', '"a;b" is not a build tag'],
    ['binary=api', 'platforms=arm', '"arm" is not a platform that images are built for'],
    [
      'binary=api',
      'colour=red',
      'Unknown key "colour" of the block "builder"\n→ It takes package, binary, tags, platforms, cgo, upx, healthcheck and generated.',
    ],
    ['go-docker:begin base', 'go-docker:begin base goVersion=new', '"new" is not a Go version'],
    ['depsCache=layer', 'depsCache=both', 'Unknown depsCache "both"\n→ It is layer or mount.'],
  ])('is refused, with file and line, where %s was changed to %s', (from, to, message) => {
    const line =
      dockerfile.split('\n').findIndex((content) => content.includes(from) && content.startsWith('# go')) + 1;
    const broken = dockerfile
      .split('\n')
      .map((content, at) => (at === line - 1 ? content.replace(from, to) : content));
    expect(() => appImageOf(workspace(shop), 'apps/api/Dockerfile', broken.join('\n'))).toThrow(
      `apps/api/Dockerfile:${line}: ${message}`,
    );
  });

  it('is refused where a block has an unknown name', () => {
    const broken = dockerfile.replaceAll(/(begin|end) deps/g, '$1 dependencies');
    expect(() => appImageOf(workspace(shop), 'apps/api/Dockerfile', broken)).toThrow(
      'apps/api/Dockerfile:11: Unknown block "dependencies"\n→ Blocks of a Dockerfile are base, deps, builder, test, debug and dev.',
    );
  });
});
