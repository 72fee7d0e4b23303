import { logger, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import setupGenerator from './generator';
import type { SetupOptions } from './options';

describe('nx g go-docker:setup, of an app with C code, UPX or a health check', () => {
  const dockerfile = 'apps/api/Dockerfile';
  let tree: Tree;
  let warnings: string[];
  const text = () => tree.read(dockerfile, 'utf-8') ?? '';

  beforeEach(() => {
    tree = createTreeWithEmptyWorkspace();
    tree.write('package.json', '{ "devDependencies": { "go-docker": "*" } }');
    tree.write('apps/api/go.mod', 'module example.com/api\n\ngo 1.26\n');
    tree.write(
      'apps/api/main.go',
      'package main\n\n// int one(void) { return 1; }\nimport "C"\n\nfunc main() {}\n',
    );
    tree.write('apps/api/more.go', '//go:build !cgo\n\npackage main\n');
    warnings = [];
    jest.spyOn(logger, 'warn').mockImplementation((said) => void warnings.push(String(said)));
    jest.spyOn(logger, 'info').mockImplementation(() => undefined);
  });
  afterEach(() => jest.restoreAllMocks());

  const setup = async (options: SetupOptions = {}) => setupGenerator(tree, { dev: false, ...options })();
  const refused = (options: SetupOptions) =>
    setup(options).then(
      () => 'nothing was refused',
      (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
    );

  it('lets C sources into the build with cgo alone, also later', async () => {
    tree.write('apps/api/one.c', 'int two(void) { return 2; }\n');
    const ignore = () => tree.read(`${dockerfile}.dockerignore`, 'utf-8') ?? '';
    await setup({ runner: 'alpine' });
    expect(ignore()).not.toContain('one.c');
    await setup({ cgo: true });
    expect(text()).toContain(' cgo=musl\n');
    expect(ignore()).toContain('\n!apps/api/one.c\n');
    await setup({ cgo: false });
    expect(ignore()).not.toContain('one.c');
  });

  it('names cgo to an app that is nothing without it, before and after', async () => {
    tree.delete('apps/api/more.go');
    const needed =
      'example.com/api: build constraints leave no Go file of apps/api for linux/amd64\n' +
      '→ the package needs cgo, which is off: nx g go-docker:setup apps/api --cgo';
    expect(await refused({})).toBe(needed);
    await setup({ project: 'apps/api', cgo: true });
    expect(await refused({ cgo: false })).toBe(needed);
  });

  it('shows the lines of a health check to write where the runner stage is there already', async () => {
    await setup();
    await setup({ port: 8080, healthcheck: '/healthz' });
    expect(text()).toContain(' healthcheck=true\n');
    expect(warnings).toEqual([
      'the runner stage of apps/api/Dockerfile is yours: write these lines above its ENTRYPOINT\n' +
        '  COPY --from=builder /out/.healthcheck/healthcheck /usr/local/libexec/healthcheck\n' +
        '  HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["/usr/local/libexec/healthcheck", "8080", "/healthz"]',
    ]);
    tree.delete(dockerfile);
    warnings = [];
    await setup({ port: 8080, healthcheck: '/healthz' });
    await setup({ port: 8080, healthcheck: '/healthz' });
    expect(warnings).toEqual([]);
  });

  it('asks for a port, a path, and one app for a health check', async () => {
    expect(await refused({ healthcheck: '/healthz' })).toContain(
      'There is no port to ask for /healthz on\n→ ',
    );
    expect(await refused({ healthcheck: 'healthz', port: 1 })).toContain('"healthz" is not a path');
    tree.write('apps/web/go.mod', 'module example.com/web\n\ngo 1.26\n');
    tree.write('apps/web/main.go', 'package main\n\nfunc main() {}\n');
    expect(await refused({ healthcheck: '/healthz', port: 8080 })).toContain('would go to 2 apps: api, web');
  });

  it('says that nothing changed where the builder block is the own of the user', async () => {
    await setup();
    const owned = text().replace(/^# go-docker:(begin|end) builder.*\n/gm, '');
    tree.write(dockerfile, owned);
    await setup({ upx: true });
    expect(text()).toBe(owned);
    expect(warnings).toEqual([
      'the builder block of apps/api/Dockerfile is yours: --upx changed nothing; write the file anew with --force, or edit its lines',
    ]);
  });
});
