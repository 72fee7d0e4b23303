import { type FileSystem, memoryFileSystem } from '@go-docker/go-workspace';
import type { TargetConfiguration } from '@nx/devkit';
import { imageProjects } from './image-projects';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;

/** An app and a library in one module, and one Dockerfile as `setup` leaves it, cut down to what the graph reads. */
const shop = {
  'go.mod': lines('module example.com/shop', '', 'go 1.25.1'),
  'apps/api/main.go': lines(
    'package main',
    '',
    'import _ "example.com/shop/libs/money"',
    '',
    'func main() {}',
  ),
  'apps/api/main_test.go': lines('package main'),
  'libs/money/money.go': lines('package money'),
  'libs/unused/unused.go': lines('package unused'),
  'apps/api/Dockerfile': lines(
    '# go-docker:begin builder package=./apps/api binary=api',
    'FROM golang AS builder',
    'COPY . .',
    '# go-docker:end builder',
    'FROM scratch AS runner',
    'COPY apps/api/templates /app/templates',
  ),
};

const handWritten = lines('FROM golang AS builder', 'COPY . .', 'FROM scratch AS runner');

/** What is compiled for Linux of a folder of Go files, by the systems that Go knows in the name of a file. */
const GO_FILES =
  '!(*_test|*_aix|*_android|*_darwin|*_dragonfly|*_freebsd|*_hurd|*_illumos|*_ios|*_js|*_nacl|*_netbsd|*_openbsd|*_plan9|*_solaris|*_wasip1|*_windows|*_zos).@(go|s|h|hh|hpp|hxx|syso|c|cc|cpp|cxx|m|f|F|for|f90|swig|swigcxx|S|sx)';

function projectIn(files: Record<string, string>, dockerfile = 'apps/api/Dockerfile', options?: unknown) {
  const root = dockerfile.split('/').slice(0, -1).join('/') || '.';
  return imageProjects(memoryFileSystem(files), options)(dockerfile)?.projects?.[root];
}

const imageOf = (files: Record<string, string>): TargetConfiguration | undefined =>
  projectIn(files)?.targets?.image;

describe('the image of an app', () => {
  it('comes from the files that are compiled, the module files, its Dockerfile and what that copies', () => {
    expect(imageOf(shop)?.inputs).toEqual([
      `{workspaceRoot}/{apps/api,libs/money}/${GO_FILES}`,
      '{workspaceRoot}/{apps/api/Dockerfile,apps/api/Dockerfile.dockerignore}',
      '{workspaceRoot}/apps/api/templates',
      '{workspaceRoot}/apps/api/templates/**/*',
      { dependentTasksOutputFiles: '**/*' },
      { externalDependencies: [] },
    ]);
  });

  it('comes from whatever an embed pattern would match, so that a file still counts once it is deleted', () => {
    const files = {
      ...shop,
      'apps/api/main.go': lines('package main', 'import "embed"', '//go:embed pages *.txt', 'var _ embed.FS'),
      'apps/api/motd.txt': '',
      'apps/api/pages/en/index.html': '',
    };
    expect(imageOf(files)?.inputs?.slice(1, 4)).toEqual([
      '{workspaceRoot}/{apps/api/Dockerfile,apps/api/Dockerfile.dockerignore}',
      '{workspaceRoot}/apps/api/pages/**/!(.*|_*)',
      '{workspaceRoot}/apps/api/*.txt',
    ]);
  });

  it('comes from no hidden file of a folder that is embedded without them, and stays the same when one comes or goes', () => {
    const main = lines('package main', 'import "embed"', '//go:embed pages', 'var _ embed.FS');
    const files = { ...shop, 'apps/api/main.go': main, 'apps/api/pages/en/index.html': '' };
    const patterns = (more: Record<string, string>) => imageOf({ ...files, ...more })?.inputs?.slice(2, -4);
    expect(patterns({})).toEqual(['{workspaceRoot}/apps/api/pages/**/!(.*|_*)']);
    expect(patterns({ 'apps/api/pages/en/.draft': '' })).toEqual(patterns({}));
  });

  it('is described the same when a file comes or goes that no embed pattern names', () => {
    const main = lines('package main', 'import "embed"', '//go:embed pages/*.txt', 'var _ embed.FS');
    const files = { ...shop, 'apps/api/main.go': main, 'apps/api/pages/a.txt': '' };
    expect(imageOf({ ...files, 'apps/api/pages/b.md': '' })?.inputs).toEqual(imageOf(files)?.inputs);
  });

  it('comes from hidden files, too, where they are embedded, even when there is none', () => {
    const main = lines('package main', 'import "embed"', '//go:embed all:pages', 'var _ embed.FS');
    const files = { ...shop, 'apps/api/main.go': main, 'apps/api/pages/index.html': '' };
    expect(imageOf(files)?.inputs?.[2]).toBe('{workspaceRoot}/apps/api/pages/**/*');
    expect(imageOf({ ...files, 'apps/api/pages/.draft': '' })?.inputs?.[2]).toBe(
      '{workspaceRoot}/apps/api/pages/**/*',
    );
  });

  it('is described the same when a file comes or goes that is named for another system', () => {
    const files = { ...shop, 'libs/money/money_windows.go': lines('package money') };
    expect(imageOf(files)?.inputs).toEqual(imageOf(shop)?.inputs);
  });

  it('spares a file by name that is not compiled, so that any other one still counts once it is deleted', () => {
    const [whole, rest] =
      imageOf({ ...shop, 'libs/money/money_386.go': lines('package money') })?.inputs ?? [];
    expect(whole).toBe(`{workspaceRoot}/apps/api/${GO_FILES}`);
    expect(rest).toBe(`{workspaceRoot}/libs/money/${GO_FILES.replace(').@', '|money_386).@')}`);
  });

  it('is named by its other target for files that do not say any more that they are compiled, as nobody can tell from them', () => {
    const files = {
      ...shop,
      'libs/money/money.go': lines('package money', 'import _ "gopkg.in/yaml.v3"'),
      'libs/money/rates.go': lines('//go:build ignore', '', 'package money'),
      'libs/money/c.go': lines('package money', 'import "C"'),
      'libs/money/sum.s': '//go:build windows\n',
      'libs/money/rates_test.go': lines('//go:build ignore', '', 'package money'),
      'libs/money/rates_windows.go': lines('//go:build ignore', '', 'package money'),
    };
    const targets = projectIn(files)?.targets;
    expect(targets?.image?.inputs?.[1]).toBe(
      `{workspaceRoot}/libs/money/${GO_FILES.replace(').@', '|c|rates|sum).@')}`,
    );
    expect(targets?.['image-modules']?.inputs?.[0]).toBe(
      '{workspaceRoot}/{apps/api/Dockerfile,go.mod,go.sum,go.work,go.work.sum,libs/money/c.go,libs/money/rates.go,libs/money/sum.s,vendor/modules.txt}',
    );
  });

  it('names the files of a folder one by one where the names do not tell which are compiled', () => {
    const files = { ...shop, 'libs/money/money.v2_windows.go': lines('package money') };
    expect(imageOf(files)?.inputs?.slice(0, 2)).toEqual([
      `{workspaceRoot}/apps/api/${GO_FILES}`,
      '{workspaceRoot}/{apps/api/Dockerfile,apps/api/Dockerfile.dockerignore,libs/money/money.go,libs/money/money.v2_windows.go}',
    ]);
  });

  it('comes from module files only as far as they decide what is linked, which another target tells', () => {
    const money = lines('package money', 'import (', '_ "gopkg.in/yaml.v3"', '_ "fmt"', ')');
    const targets = projectIn({ ...shop, 'go.sum': '', 'libs/money/money.go': money })?.targets;
    expect(targets?.image?.dependsOn).toEqual(['image-modules']);
    expect(targets?.['image-modules']).toMatchObject({
      executor: 'go-docker:modules',
      cache: true,
      inputs: [
        '{workspaceRoot}/{apps/api/Dockerfile,go.mod,go.sum,go.work,go.work.sum,vendor/modules.txt}',
        { externalDependencies: [] },
      ],
      outputs: ['{options.outputFile}'],
      options: { imports: ['gopkg.in/yaml.v3'] },
    });
  });

  it.each<[string, Record<string, string>, unknown]>([
    ['project.json', { 'apps/api/project.json': '{"targets":{"image":{"dependsOn":["lint"]}}}' }, undefined],
    ['package.json', { 'apps/api/package.json': '{"nx":{"targets":{"image":{"dependsOn":[]}}}}' }, undefined],
    ['nx.json, for the target', {}, { image: { dependsOn: ['^build'] } }],
    ['nx.json, for the executor', {}, { 'go-docker:image': { dependsOn: ['^build'] } }],
    ['nx.json, as a list', {}, [{ target: 'image', dependsOn: ['^build'] }]],
  ])(
    'comes from the module files themselves where %s makes it depend on something else',
    (_, more, targetDefaults) => {
      const files = memoryFileSystem({ ...shop, ...more });
      const projectsOf = imageProjects(files, undefined, { affectedUnit: 'task', targetDefaults });
      const targets = projectsOf('apps/api/Dockerfile')?.projects?.['apps/api']?.targets;
      expect(targets).not.toHaveProperty('image-modules');
      expect(targets?.image).not.toHaveProperty('dependsOn');
      expect(JSON.stringify(targets?.image?.inputs)).toContain(
        'apps/api/Dockerfile.dockerignore,go.mod,go.sum,go.work,go.work.sum,vendor/modules.txt}',
      );
    },
  );

  it('takes every go.mod of go.work for one that may decide what is linked, as each may raise a version', () => {
    const files = {
      'go.work': lines('go 1.25.1', 'use (', './apps/api', './libs/other', ')'),
      'apps/api/go.mod': lines('module example.com/api', 'go 1.25.1'),
      'apps/api/main.go': lines('package main', 'func main() {}'),
      'apps/api/Dockerfile': shop['apps/api/Dockerfile'],
      'libs/other/go.mod': lines('module example.com/other', 'go 1.25.1'),
    };
    const targets = projectIn(files)?.targets;
    expect(JSON.stringify(targets?.['image-modules']?.inputs)).toContain('libs/other/go.mod');
    expect(JSON.stringify(targets?.image?.inputs)).not.toContain('libs/other/go.mod');
  });

  it('comes from what a vendor folder may have held of the imports that it lacks', () => {
    const files = {
      ...shop,
      'libs/money/money.go': lines('package money', 'import _ "example.com/far"'),
      'vendor/modules.txt': '',
    };
    expect(imageOf(files)?.inputs).toContain('{workspaceRoot}/vendor/example.com/far/**/*');
  });

  it('goes on with the module versions where a person lets it depend on them and on more', () => {
    const json = '{"targets":{"image":{"dependsOn":["lint","image-modules"]}}}';
    expect(projectIn({ ...shop, 'apps/api/project.json': json })?.targets).toHaveProperty('image-modules');
  });

  it('comes from go.work too where Go reads one, and no target tells what is linked', () => {
    const files = {
      'go.work': lines('go 1.25.1', 'use ./apps/api'),
      'apps/api/go.mod': lines('module example.com/api', 'go 1.25.1'),
      'apps/api/main.go': lines('package main', 'func main() {}'),
      'apps/api/Dockerfile': shop['apps/api/Dockerfile'],
    };
    const { image } = projectIn(files, undefined, { imageModulesTargetName: false })?.targets ?? {};
    expect(image?.inputs?.slice(0, 2)).toEqual([
      `{workspaceRoot}/apps/api/${GO_FILES}`,
      '{workspaceRoot}/{apps/api/Dockerfile,apps/api/Dockerfile.dockerignore,apps/api/go.mod,apps/api/go.sum,go.work,go.work.sum,vendor/modules.txt}',
    ]);
  });

  it('comes from anywhere in the workspace where the Dockerfile is the user’s own', () => {
    expect(imageOf({ ...shop, 'apps/api/Dockerfile': handWritten })?.inputs).toEqual([
      '{workspaceRoot}/**/*',
      { externalDependencies: [] },
    ]);
  });

  it.each([
    ['project.json', { targets: { image: { options: { contexts: { web: './web/dist/' } } } } }],
    ['project.json', { targets: { image: { configurations: { ci: { contexts: { web: 'web/dist' } } } } } }],
    ['package.json', { nx: { targets: { image: { options: { contexts: { web: 'web\\dist' } } } } } }],
  ])('comes from the folders that %s gives it as contexts: %j', (file, json) => {
    const files = { ...shop, [`apps/api/${file}`]: JSON.stringify({ name: 'api', ...json }) };
    expect(imageOf(files)?.inputs?.slice(-3)).toEqual([
      '{workspaceRoot}/web/dist',
      '{workspaceRoot}/web/dist/**/*',
      { externalDependencies: [] },
    ]);
  });

  it('comes from no more where a context is no folder of the workspace', () => {
    const contexts = { base: 'docker-image://alpine:3.22', git: 'git@example.com:x.git', out: '../out' };
    const json = JSON.stringify({ targets: { image: { options: { contexts } } } });
    expect(imageOf({ ...shop, 'apps/api/project.json': json })?.inputs).toEqual(imageOf(shop)?.inputs);
  });

  it('comes from what lines of its owner let into the build context', () => {
    const dockerignore = lines(
      '# go-docker:begin context',
      '**',
      '!apps/api/*.go',
      '# go-docker:end context',
      '# ours',
      'apps/api/secret',
      '!config/*.json\r',
      '!/scripts/',
    );
    const inputs = imageOf({ ...shop, 'apps/api/Dockerfile.dockerignore': dockerignore })?.inputs;
    expect(inputs?.slice(4)).toEqual([
      '{workspaceRoot}/config/*.json',
      '{workspaceRoot}/config/*.json/**/*',
      '{workspaceRoot}/scripts',
      '{workspaceRoot}/scripts/**/*',
      { dependentTasksOutputFiles: '**/*' },
      { externalDependencies: [] },
    ]);
  });

  it('comes from the Dockerfile that project.json names too, and from what that lets in', () => {
    const options = { dockerfile: 'docker/api.Dockerfile' };
    const project = { 'apps/api/project.json': JSON.stringify({ targets: { image: { options } } }) };
    const managed = shop['apps/api/Dockerfile'].replace('COPY apps/api/templates', 'COPY docker/motd');
    const inputs = imageOf({ ...shop, ...project, 'docker/api.Dockerfile': managed })?.inputs;
    expect(inputs).toEqual(
      expect.arrayContaining([
        '{workspaceRoot}/{apps/api/Dockerfile,apps/api/Dockerfile.dockerignore,docker/api.Dockerfile,docker/api.Dockerfile.dockerignore,go.mod,go.sum,go.work,go.work.sum,vendor/modules.txt}',
        '{workspaceRoot}/docker/motd',
      ]),
    );
    expect(imageOf({ ...shop, ...project, 'docker/api.Dockerfile': handWritten })?.inputs).toContain(
      '{workspaceRoot}/**/*',
    );
  });

  it('can be that of an app at the root', () => {
    const files = {
      'go.mod': lines('module example.com/tools/hello/v2'),
      'main.go': 'package main\n',
      Dockerfile: handWritten,
    };
    expect(projectIn(files, 'Dockerfile')).toMatchObject({
      name: 'hello',
      targets: { image: { options: { dockerfile: 'Dockerfile' } } },
    });
  });
});

describe('the dev loop of an app', () => {
  const withDev = (stage: string, files: Record<string, string> = {}) => {
    const dockerfile = `${shop['apps/api/Dockerfile']}${stage}`;
    return Object.keys(projectIn({ ...shop, ...files, 'apps/api/Dockerfile': dockerfile })?.targets ?? {});
  };
  const ours = lines('# go-docker:begin dev', 'FROM golang AS dev', '# go-docker:end dev');

  it('is there with our stage, whatever lies beside it, so that those files change no hash of the project', () => {
    expect(withDev(ours)).toContain('dev');
    expect(withDev(ours, { 'apps/api/.air.toml': '', 'apps/api/compose.yaml': '' })).toEqual(withDev(ours));
  });

  it('is there with a stage of the user’s where that goes with air', () => {
    const own = lines('FROM golang AS dev');
    expect(withDev(own)).not.toContain('dev');
    expect(withDev(own, { 'apps/api/.air.toml': '' })).toContain('dev');
  });
});

describe('a Dockerfile adds nothing', () => {
  it.each([
    ['without a runner stage', { ...shop, 'apps/api/Dockerfile': 'FROM golang AS builder\n' }],
    [
      'where no Go app is',
      { ...shop, 'apps/api/main.go': 'package api\n', 'apps/api/Dockerfile': handWritten },
    ],
    ['in a workspace without Go', { 'apps/api/Dockerfile': handWritten }],
    ['that nobody can read, among other languages', { 'apps/api/Dockerfile': 'this is\n<<no Dockerfile\n' }],
  ])('%s', (_, files) => {
    expect(projectIn(files)).toBeUndefined();
  });

  it('where the options turn images off', () => {
    expect(projectIn(shop, 'apps/api/Dockerfile', { imageTargetName: false })).toBeUndefined();
  });

  it('and reads no Go file then', () => {
    const read: string[] = [];
    const files = counting(
      memoryFileSystem({ ...shop, 'apps/api/Dockerfile': 'FROM node AS build\n' }),
      read,
    );
    imageProjects(files, undefined)('apps/api/Dockerfile');
    expect(read).toEqual(['apps/api/Dockerfile']);
  });
});

describe('the name of the project', () => {
  it('is that of the app where Nx has none, so that no project is nameless; its outputs follow what Nx makes of it', () => {
    const project = projectIn(shop);
    expect(project?.name).toBe('api');
    expect(project?.targets?.image?.options.outputPath).toBe('dist/images/{projectName}');
  });

  it('is left to project.json, and made safe for a path', () => {
    const project = projectIn({ ...shop, 'apps/api/project.json': '{ "name": "@shop/{api}" } // ours' });
    expect(project).not.toHaveProperty('name');
    expect(project?.targets?.image?.options.outputPath).toBe('dist/images/@shop+%7Bapi%7D');
    expect(project?.targets?.['image-size']?.options.outputFile).toBe(
      'dist/image-sizes/@shop+%7Bapi%7D.json',
    );
  });

  it('is left to Nx where project.json gives none', () => {
    const project = projectIn({ ...shop, 'apps/api/project.json': '{}' });
    expect(project).not.toHaveProperty('name');
    expect(project?.targets?.['image-load']?.options.imagePath).toBe('dist/images/{projectName}');
  });

  it.each([
    ['{ "name": "@shop/api" }', '@shop/api'],
    ['{ "name": "@shop/api", "nx": { "name": "backend" } }', 'backend'],
  ])('is that of package.json %s', (packageJson, name) => {
    expect(projectIn({ ...shop, 'apps/api/package.json': packageJson })?.name).toBe(name);
  });

  it('holds more of the folder where two apps have one name, as Nx allows each name once', () => {
    const files = { ...shop, 'old/api/main.go': 'package main\n', 'old/api/Dockerfile': handWritten };
    expect(projectIn(files)?.name).toBe('apps-api');
    expect(projectIn(files, 'old/api/Dockerfile')?.name).toBe('old-api');
  });

  it('stays where the other app of the name has no Dockerfile, or a name of its own', () => {
    const added = { ...shop, 'old/api/main.go': 'package main\n' };
    expect(projectIn(added)?.name).toBe('api');
    const setUp = {
      ...added,
      'old/api/Dockerfile': handWritten,
      'old/api/project.json': '{"name":"old-api"}',
    };
    expect(projectIn(setUp)?.name).toBe('api');
  });

  it('is no other project’s where one of the two cannot be read', () => {
    const broken = {
      ...shop,
      'old/api/main.go': 'package main\n\nimport "x\n',
      'old/api/Dockerfile': shop['apps/api/Dockerfile'].replace('./apps/api', './old/api'),
    };
    const project = projectIn(broken, 'old/api/Dockerfile');
    expect(project?.targets?.image?.metadata?.description).toContain('old/api/main.go:3');
    expect(project?.name).toBe('old-api');
  });
});

describe('what cannot be read', () => {
  const cases: [what: string, files: Record<string, string>, problem: string][] = [
    [
      'a go.mod with merge markers',
      { ...shop, 'go.mod': lines('module example.com/shop', '<<<<<<< HEAD', 'go 1.25.1') },
      'go.mod:2: ',
    ],
    [
      'an import of a folder without Go files',
      { ...shop, 'libs/money/money.go': lines('package money', 'import _ "example.com/shop/libs/gone"') },
      'libs/money/money.go:2: ',
    ],
    [
      'a broken managed block',
      {
        ...shop,
        'apps/api/Dockerfile': shop['apps/api/Dockerfile'].replace('# go-docker:end builder\n', ''),
      },
      'apps/api/Dockerfile:1: ',
    ],
  ];

  it.each(cases)(
    'as %s leaves the graph whole: the target says it, and nothing is cached',
    (_, files, problem) => {
      const image = imageOf(files);
      expect(image?.cache).toBe(false);
      expect(image?.metadata?.description).toContain(problem);
      expect(image?.inputs?.[0]).toBe('{workspaceRoot}/**/*');
    },
  );

  it('is no reason to build images of other languages’ Dockerfiles', () => {
    expect(
      projectIn(
        { 'go.mod': 'modul x\n', 'apps/web/Dockerfile': 'FROM node AS runner\n' },
        'apps/web/Dockerfile',
      ),
    ).toBeUndefined();
  });

  it('as options of the plugin stops everything', () => {
    expect(() => projectIn(shop, 'apps/api/Dockerfile', { imageName: 'x' })).toThrow('nx.json: ');
  });
});

it('reads every file once, however many Dockerfiles there are', () => {
  const files = { ...shop, 'apps/web/main.go': shop['apps/api/main.go'], 'apps/web/Dockerfile': handWritten };
  const read: string[] = [];
  const projectsOf = imageProjects(counting(memoryFileSystem(files), read), undefined);
  expect(projectsOf('apps/api/Dockerfile')).toBeDefined();
  expect(projectsOf('apps/web/Dockerfile')).toBeDefined();
  expect(read.filter((path) => path.endsWith('.go') || path.endsWith('go.mod')).sort()).toEqual([
    'apps/api/main.go',
    'apps/web/main.go',
    'go.mod',
    'libs/money/money.go',
    'libs/unused/unused.go',
  ]);
});

function counting(files: FileSystem, read: string[]): FileSystem {
  return {
    readFile: (path) => {
      read.push(path);
      return files.readFile(path);
    },
    readDirectory: (path) => files.readDirectory(path),
  };
}

describe('an image with generated code', () => {
  const dockerfile = shop['apps/api/Dockerfile'].replace('binary=api', 'binary=api generated=libs/money');
  const ignore = lines(
    '# go-docker:begin context',
    '!apps/api/*.go',
    '!libs/money/*.go',
    '# go-docker:end context',
  );
  const files = { ...shop, 'apps/api/Dockerfile': dockerfile, 'apps/api/Dockerfile.dockerignore': ignore };

  it('has the same inputs with the code and without, and what other targets have made is one of them', () => {
    const clean = Object.fromEntries(
      Object.entries(files).filter(([path]) => path !== 'libs/money/money.go'),
    );
    const { inputs, cache } = imageOf(clean) ?? {};
    expect(cache).toBe(true);
    expect(inputs?.slice(0, 3)).toEqual([
      `{workspaceRoot}/apps/api/${GO_FILES}`,
      '{workspaceRoot}/{apps/api/Dockerfile,apps/api/Dockerfile.dockerignore,go.mod,go.sum,go.work,go.work.sum,vendor/modules.txt}',
      '{workspaceRoot}/libs/money/*.go',
    ]);
    expect(inputs?.slice(-2)).toEqual([
      { dependentTasksOutputFiles: '**/*', transitive: true },
      { externalDependencies: [] },
    ]);
    expect(imageOf(files)?.inputs).toEqual(inputs);
  });
});
