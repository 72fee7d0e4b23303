import type { AppImage } from '../apps/app-image';
import { api, standalone, worker } from '../dockerfile/fixtures/app-images';
import { airBlock } from './air-config';

/** The value of a key, a list on one line. */
function value(image: AppImage, key: string, dockerfile = ''): string | undefined {
  const text = airBlock(image, dockerfile);
  return new RegExp(`^${key} = ((?:\\[\\n[^]*?\\n\\])|.*)$`, 'm').exec(text)?.[1]?.replace(/\s*\n\s*/g, ' ');
}

describe('what air does for an app', () => {
  it('is to compile it in its folder, with the workspace’s go.work', () => {
    expect(value(api, 'root')).toBe('"../.."');
    expect(value(api, 'cmd')).toBe('"CGO_ENABLED=0 go build -buildvcs=false -o /tmp/air/api ."');
    expect(value(api, 'entrypoint')).toBe('["/tmp/air/api"]');
  });

  it('is to compile a module of its own without go.work', () => {
    expect(value(standalone, 'cmd')).toBe(
      '"CGO_ENABLED=0 GOWORK=off go build -buildvcs=false -o /tmp/air/agent ./cmd/agent"',
    );
  });

  it('is to compile in the module where the Dockerfile lies outside of it', () => {
    expect(value({ ...standalone, dockerfile: 'deploy/agent/Dockerfile' }, 'cmd')).toBe(
      '"CGO_ENABLED=0 GOWORK=off go build -C ../../services/agent -buildvcs=false -o /tmp/air/agent ./cmd/agent"',
    );
  });

  it('is to compile with the tags and the cgo of the builder stage', () => {
    const dockerfile = '# go-docker:begin builder tags=a,b cgo=glibc\n# go-docker:end builder\n';
    expect(value(api, 'cmd', dockerfile)).toBe(
      '"CGO_ENABLED=1 go build -buildvcs=false -tags=a,b -o /tmp/air/api ."',
    );
  });
});

describe('what air watches', () => {
  it('is the folders of the closure, without those that lie below others', () => {
    expect(value(api, 'include_dir')).toBe('[ "apps/api", "libs/log", ]');
  });

  it('is Go’s own files, those that are embedded whole, and other sources, by their endings', () => {
    expect(value(api, 'include_ext')).toBe('["go", "mod", "sum", "work", "html", "s"]');
  });

  it('is not the tests', () => {
    const pattern = /^exclude_regex = \['(.*)'\]$/m.exec(airBlock(api, ''))?.[1] ?? '';
    expect('apps/api/main_test.go').toMatch(new RegExp(pattern));
    expect('apps/api/latest.go').not.toMatch(new RegExp(pattern));
  });

  it('is the module files that lie elsewhere, by name', () => {
    expect(value(api, 'include_file')).toBe('[ "go.work", "go.work.sum", ]');
    expect(value(standalone, 'include_file')).toBe(
      '[ "services/agent/go.mod", "services/agent/go.sum", "services/wire/go.mod", ]',
    );
  });

  it('is what leads to these files, or air would not come there', () => {
    expect(value(standalone, 'include_dir')).toBe(
      '[ "services/agent/cmd/agent", "services/agent/go.mod", "services/agent/go.sum", "services/wire/go.mod", ]',
    );
  });

  it('is single embedded files by name, so that others of their kind do not count', () => {
    const [main, log] = api.closure.packages;
    if (!main || !log) throw new Error('the fixture has two packages');
    const image: AppImage = {
      ...api,
      embeddedFolders: [],
      closure: {
        ...api.closure,
        packages: [{ ...main, embedFiles: ['apps/api/VERSION', 'apps/api/seed.json'] }, log],
      },
    };
    expect(value(image, 'include_file')).toContain('"apps/api/VERSION", "apps/api/seed.json"');
    expect(value(image, 'include_ext')).not.toContain('json');
  });

  it('leaves out what is large and not Go’s where the root of the workspace is a package', () => {
    expect(value(worker, 'include_dir')).toBe('[ ".", ]');
    expect(value(worker, 'exclude_dir')).toBe('["node_modules", "dist", "tmp", "vendor"]');
    expect(value(api, 'exclude_dir')).toBe('[]');
  });

  it('is the list of vendored modules, not their sources', () => {
    const vendored: AppImage = {
      ...standalone,
      closure: {
        ...standalone.closure,
        modules: {
          ...standalone.closure.modules,
          files: ['services/agent/go.mod', 'services/agent/vendor/modules.txt'],
        },
        packages: [
          ...standalone.closure.packages,
          {
            dir: 'services/agent/vendor/example.com/x',
            importPath: 'example.com/x',
            moduleDir: 'services/agent',
            goFiles: ['services/agent/vendor/example.com/x/x.go'],
            otherFiles: ['services/agent/vendor/example.com/x/x_amd64.s'],
            leftOut: [],
            embedFiles: [],
            embedWildcards: [],
            embedFolders: [],
            embedAll: [],
          },
        ],
      },
    };
    expect(value(vendored, 'include_dir')).toBe(
      '[ "services/agent/cmd/agent", "services/agent/go.mod", "services/agent/vendor/modules.txt", ]',
    );
    expect(value(vendored, 'include_ext')).toBe('["go", "mod", "sum", "work"]');
  });
});
