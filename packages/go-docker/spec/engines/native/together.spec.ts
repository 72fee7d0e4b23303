import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { TwoEngines } from './two-engines';

jest.setTimeout(3 * 60_000);

/** That of this machine, so that all is asked of the Go on the PATH. */
const goVersion = execFileSync('go', ['env', 'GOVERSION'], {
  cwd: tmpdir(),
  env: { ...process.env, GOTOOLCHAIN: 'local' },
  encoding: 'utf8',
})
  .trim()
  .replace(/^go/, '');

describe('images of one module that are built at the same time', () => {
  const before = { PATH: process.env['PATH'], XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] };
  const home = mkdtempSync(join(tmpdir(), 'go-docker-spec-together-'));
  const log = join(home, 'go.log');
  const workspace = new TwoEngines();

  const main = (text: string) =>
    `package main\n\nimport "example.com/shop/prices"\n\nfunc main() { ${text} }\n`;
  const dockerfile = (app: string, output: string, prepare = '') =>
    workspace.write(
      `${app}.Dockerfile`,
      `FROM golang:${goVersion} AS builder
WORKDIR /src
COPY go.mod ./
COPY prices prices
COPY apps/${app} apps/${app}
ENV CGO_ENABLED=0
${prepare}
RUN go build -trimpath -ldflags="-s -w" -o ${output} ./apps/${app}
FROM scratch AS runner
COPY --from=builder /out /
`,
    );
  const plans = (...apps: string[]) => apps.map((app) => ({ project: app, dockerfile: `${app}.Dockerfile` }));

  /** What Go was asked to do: `build 3` is a build of three packages. */
  function asked(): readonly string[] {
    return readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        const [command = '', ...args] = line.split(' ');
        return `${command} ${args.filter((each) => each.startsWith('./')).length}`;
      });
  }

  beforeAll(() => {
    const go = execFileSync('which', ['go'], { encoding: 'utf8' }).trim();
    writeFileSync(join(home, 'go'), `#!/bin/sh\necho "$@" >> ${log}\nexec ${go} "$@"\n`);
    chmodSync(join(home, 'go'), 0o755);
    process.env['PATH'] = [home, before.PATH].join(delimiter);
    process.env['XDG_CACHE_HOME'] = join(home, 'caches');
    workspace.write('go.mod', `module example.com/shop\n\ngo ${goVersion}\n`);
    workspace.write('prices/vat.go', 'package prices\n\nconst Vat = 19\n');
    for (const app of ['api', 'web', 'worker']) {
      workspace.write(`apps/${app}/main.go`, main(`println("${app}", prices.Vat)`));
      dockerfile(app, `/out/${app}`);
    }
  });
  beforeEach(() => writeFileSync(log, ''));
  afterAll(() => {
    Object.assign(process.env, before);
    workspace.remove();
    rmSync(home, { recursive: true });
  });

  const digestOf = async (layout: unknown) =>
    (await workspace.seen(String(layout))).map(({ digest }) => digest);
  const alone = async (app: string) => digestOf(await workspace.build('native', plans(app)[0]));

  it('are linked by one go build, and Go is asked once what they are made of', async () => {
    const layouts = await workspace.together(plans('api', 'web', 'worker'));
    expect(asked()).toEqual(['env 0', 'list 3', 'build 3']);
    process.env['XDG_CACHE_HOME'] = join(home, 'other-caches');
    expect(await Promise.all(layouts.map(digestOf))).toEqual(
      await Promise.all(['api', 'web', 'worker'].map(alone)),
    );
    process.env['XDG_CACHE_HOME'] = join(home, 'caches');
  });

  it('are each built alone where one does not compile, which fails alone', async () => {
    workspace.write('apps/web/main.go', main('nowhere()'));
    const [api, web, worker] = await workspace.together(plans('api', 'web', 'worker'));
    expect(asked().filter((each) => each.startsWith('build'))).toEqual([
      'build 3',
      'build 1',
      'build 1',
      'build 1',
    ]);
    expect(String(web)).toContain('go build failed');
    expect(String(web)).toContain('web.Dockerfile:8');
    expect(await digestOf(api)).toEqual(await alone('api'));
    expect(await digestOf(worker)).toEqual(await alone('worker'));
    workspace.write('apps/web/main.go', main('println("web", prices.Vat)'));
  });

  it('are not linked with others where Go names the program, as in a folder that is there', async () => {
    dockerfile('worker', '/out/bin', 'RUN mkdir -p /out/bin');
    const [api, web, worker] = await workspace.together(plans('api', 'web', 'worker'));
    expect(
      asked()
        .filter((each) => each.startsWith('build'))
        .sort(),
    ).toEqual(['build 1', 'build 2']);
    const [image] = await workspace.seen(String(worker));
    expect(image?.layers.join('')).toMatch(/ bin\/worker\n/);
    expect(await digestOf(worker)).toEqual(await alone('worker'));
    expect(await digestOf(api)).toEqual(await alone('api'));
    expect(await digestOf(web)).toEqual(await alone('web'));
    dockerfile('worker', '/out/worker');
  });

  it('are what each is by itself where stages have different files of a package', async () => {
    workspace.write('prices/extra.go', 'package prices\n\nfunc init() { println("extra") }\n');
    dockerfile('web', '/out/web', 'COPY go.mod prices/extra.go');
    const layouts = await workspace.together(plans('api', 'web', 'worker'));
    // The joint program of `web` has what the others have: its own stage, where a file that is no Go is, tells so.
    expect(String(layouts[1])).toContain('go build failed');
    expect(await digestOf(layouts[0])).toEqual(await alone('api'));
    expect(await digestOf(layouts[2])).toEqual(await alone('worker'));
  });
});
