import { memoryFileSystem } from '@go-docker/go-workspace';
import { type AffectedBy, inputsOf } from './image-inputs';
import type { ImageSources } from './image-sources';
import type { SourceFolder } from './source-folders';

const files = memoryFileSystem({
  'apps/api/project.json': '{}',
  'libs/money/project.json': '{}',
  'libs/unused/project.json': '{}',
  'libs/log/log.go': '',
});
const folder = (dir: string, forOtherSystems: readonly string[] = []): SourceFolder => {
  const spared = { forOtherSystems, notCompiled: [] };
  return { dir, go: spared, other: undefined, both: spared, files: [`${dir}/a.go`] };
};
const sources: ImageSources = {
  packageDirs: ['apps/api', 'libs/log', 'libs/money/eur', 'libs/path'],
  folders: [
    folder('apps/api'),
    folder('libs/log'),
    folder('libs/money/eur'),
    folder('libs/path', ['path_windows']),
  ],
  embedded: [],
  embeddedFiles: [],
  whole: ['assets'],
  files: ['apps/api/Dockerfile', 'apps/api/page.html'],
  moduleFiles: ['apps/api/go.mod', 'go.work', 'libs/log/go.mod', 'libs/money/go.mod', 'libs/unused/go.mod'],
  otherModuleFiles: ['libs/other/go.mod'],
  leftOut: [],
  patterns: ['{workspaceRoot}/assets/**/*'],
};
/** What is compiled for Linux of a folder, by the systems that Go knows in the name of a file. */
const GO_FILES =
  '!(*_test|*_aix|*_android|*_darwin|*_dragonfly|*_freebsd|*_hurd|*_illumos|*_ios|*_js|*_nacl|*_netbsd|*_openbsd|*_plan9|*_solaris|*_wasip1|*_windows|*_zos).@(go|s|h|hh|hpp|hxx|syso|c|cc|cpp|cxx|m|f|F|for|f90|swig|swigcxx|S|sx)';
const inputs = (affectedBy: AffectedBy, hasModulesTarget = true) =>
  inputsOf(files, 'apps/api/Dockerfile', sources, hasModulesTarget, affectedBy);

describe('the inputs of an image', () => {
  it('are few patterns where Nx goes by the inputs of tasks', () => {
    expect(inputs({ unit: 'task', hasEdges: true })).toEqual({
      image: [
        `{workspaceRoot}/{apps/api,libs/log,libs/money/eur,libs/path}/${GO_FILES}`,
        '{workspaceRoot}/{apps/api/Dockerfile,apps/api/page.html}',
        '{workspaceRoot}/assets/**/*',
      ],
      modules: [
        '{workspaceRoot}/{apps/api/Dockerfile,apps/api/go.mod,go.work,libs/log/go.mod,libs/money/go.mod,libs/other/go.mod,libs/unused/go.mod}',
      ],
      namedInputs: {},
    });
  });

  it('are out of the sight of an Nx that goes by projects, but for files that are of no project it would reach', () => {
    expect(inputs({ unit: 'project', hasEdges: true })).toEqual({
      image: [
        { input: 'goDockerImageFiles' },
        '{workspaceRoot}/libs/log/!(*_test).go',
        '{workspaceRoot}/libs/path/!(*_test|path_windows).go',
        '{workspaceRoot}/assets/**/*',
      ],
      modules: [
        { input: 'goDockerModuleFiles' },
        '{workspaceRoot}/go.work',
        '{workspaceRoot}/libs/log/go.mod',
        '{workspaceRoot}/libs/other/go.mod',
        '{workspaceRoot}/libs/unused/go.mod',
      ],
      namedInputs: {
        goDockerImageFiles: [
          `{workspaceRoot}/{apps/api,libs/money/eur}/${GO_FILES}`,
          '{workspaceRoot}/{apps/api/Dockerfile,apps/api/page.html}',
        ],
        goDockerModuleFiles: ['{workspaceRoot}/{apps/api/Dockerfile,apps/api/go.mod,libs/money/go.mod}'],
      },
    });
  });

  it('share a pattern in sight where they are of one module, or lie in one folder, and are few', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const many = {
      ...sources,
      folders: [
        'libs/log',
        'libs/log/file',
        'libs/money/eur',
        ...names.map((name) => `libs/other/${name}`),
      ].map((dir) => folder(dir)),
      moduleFiles: ['libs/log/go.mod', 'libs/log/go.sum', 'libs/other/go.mod'],
      otherModuleFiles: [],
    };
    const { image, modules } = inputsOf(files, 'apps/api/Dockerfile', many, true, {
      unit: 'project',
      hasEdges: true,
    });
    expect(image).toContain('{workspaceRoot}/{libs/log,libs/log/file}/!(*_test).go');
    expect(image.filter((input) => String(input).includes('libs/other/'))).toEqual(
      names.map((name) => `{workspaceRoot}/libs/other/${name}/!(*_test).go`),
    );
    expect(modules).toContain('{workspaceRoot}/{libs/log/go.mod,libs/log/go.sum}');
  });

  it('are in sight there, too, where no edge leads to the project of a library', () => {
    const { image, namedInputs } = inputs({ unit: 'project', hasEdges: false });
    expect(image).toContain('{workspaceRoot}/libs/money/eur/!(*_test).go');
    expect(namedInputs.goDockerImageFiles?.[0]).toBe(`{workspaceRoot}/apps/api/${GO_FILES}`);
  });

  it('are the module files as well where no other target has them', () => {
    const { image, modules } = inputs({ unit: 'task', hasEdges: true }, false);
    expect(image[1]).toBe(
      '{workspaceRoot}/{apps/api/Dockerfile,apps/api/go.mod,apps/api/page.html,go.work,libs/log/go.mod,libs/money/go.mod,libs/unused/go.mod}',
    );
    expect(modules).toEqual([]);
  });
});
