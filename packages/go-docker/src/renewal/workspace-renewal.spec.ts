import { memoryFileSystem, readGoWorkspace, type WorkspacePath } from '@go-docker/go-workspace';
import { appImageOf } from '../apps/app-image';
import { devFiles } from '../compose/dev-files';
import { imageFiles } from '../dockerfile/image-files';
import { workspaceRenewal } from './workspace-renewal';

type Files = Readonly<Record<WorkspacePath, string>>;

const sources: Files = {
  'go.mod': 'module example.com/shop\n\ngo 1.26.0\n',
  'cmd/api/main.go': 'package main\n\nimport _ "example.com/shop/log"\n\nfunc main() {}\n',
  'log/log.go': 'package log\n',
  'text/text.go': 'package text\n',
};

/** The workspace with all files of the app in cmd/api. */
function setUp(): Files {
  const image = appImageOf(readGoWorkspace(memoryFileSystem(sources)), 'cmd/api/Dockerfile', '');
  if (!image) throw new Error('there is an app');
  const files = new Map([...Object.entries(sources), ...imageFiles(image, {}, {})]);
  return {
    ...Object.fromEntries([...files, ...devFiles(image, files, { service: 'api', port: 8080 })]),
    'compose.yaml': '# The shop.\ninclude:\n  - path: cmd/api/compose.yaml # mine\n',
  };
}

function moved(files: Files, from: string, to: string): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path.startsWith(from) ? to + path.slice(from.length) : path,
      text,
    ]),
  );
}

function renewed(files: Files) {
  const dockerfiles = Object.keys(files).filter((path) => path.endsWith('/Dockerfile'));
  const { renewals, problems } = workspaceRenewal(memoryFileSystem(files), dockerfiles);
  const texts = Object.fromEntries(renewals.flatMap((renewal) => [...renewal.texts]));
  return {
    stale: renewals.flatMap(({ stale }) => stale.map(({ file, block }) => `${file} ${block}`)),
    problems: problems.map(({ message }) => message),
    files: { ...files, ...texts },
  };
}

describe('the renewal of a workspace', () => {
  it('is nothing where all files say what the workspace says', () => {
    const files = setUp();
    expect(renewed(files)).toEqual({ stale: [], problems: [], files });
  });

  it('has .air.toml watch a package that the app begins to import', () => {
    const main =
      'package main\n\nimport (\n\t_ "example.com/shop/log"\n\t_ "example.com/shop/text"\n)\n\nfunc main() {}\n';
    const { stale, files } = renewed({ ...setUp(), 'cmd/api/main.go': main });
    expect(stale).toEqual(['cmd/api/Dockerfile.dockerignore context', 'cmd/api/.air.toml air']);
    expect(files['cmd/api/.air.toml']).toContain('\n  "text",\n');
    expect(renewed(files).stale).toEqual([]);
  });

  it('follows a moved app in all its files, and in what the root includes', () => {
    const { stale, files } = renewed(moved(setUp(), 'cmd/api/', 'services/shop/api/'));
    expect(stale).toEqual([
      'services/shop/api/Dockerfile builder',
      'services/shop/api/Dockerfile.dockerignore context',
      'services/shop/api/compose.yaml dev',
      'services/shop/api/.air.toml air',
      'compose.yaml include',
    ]);
    expect(files['compose.yaml']).toBe(
      '# The shop.\ninclude:\n  - path: services/shop/api/compose.yaml # mine\n',
    );
    expect(files['services/shop/api/compose.yaml']).toContain('context: ../../..\n');
    expect(JSON.stringify(files)).not.toContain('cmd/api/compose.yaml');
    expect(renewed(files)).toEqual({ stale: [], problems: [], files });
  });

  it('writes nothing of an app whose compose file cannot be read, and says where it is broken', () => {
    const files = {
      ...setUp(),
      'cmd/api/compose.yaml': 'services:\n  api:\n    # go-docker:begin dev\n    image: "x\n',
    };
    const { stale, problems, files: after } = renewed({ ...files, 'log/log.go': 'package log\n' });
    expect(stale).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/^cmd\/api\/compose\.yaml:[34]/)]);
    expect(after).toEqual(files);
  });

  it('of one app is held back by no other that imports a package which is not there', () => {
    const broken = 'package main\n\nimport _ "example.com/shop/gone"\n\nfunc main() {}\n';
    const files = { ...setUp(), 'cmd/web/main.go': broken };
    const dockerfile = '# go-docker:begin builder package=./cmd/web binary=web\n# go-docker:end builder\n';
    const main = 'package main\n\nimport _ "example.com/shop/text"\n\nfunc main() {}\n';
    const { stale, problems } = renewed({
      ...files,
      'cmd/web/Dockerfile': dockerfile,
      'cmd/api/main.go': main,
    });
    expect(stale).toEqual(['cmd/api/Dockerfile.dockerignore context', 'cmd/api/.air.toml air']);
    expect(problems).toEqual([
      'cmd/web/main.go:3: import "example.com/shop/gone": there are no Go files in gone\n' +
        '→ correct the import path, or add the package; where a target makes its files, name that: ' +
        'nx g go-docker:setup cmd/web --generatedBy=<target>',
    ]);
  });
});
