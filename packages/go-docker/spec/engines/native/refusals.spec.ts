import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findHostGo } from '../../../src/engines/native/compiler/host-go';
import { TwoEngines } from './two-engines';

jest.setTimeout(120_000);

const WAY_OUT = 'build this image with Docker, which runs any Dockerfile: --engine=docker';
const MAIN = 'package main\n\nfunc main() { println("hello") }\n';

describe('the native engine, asked for what it cannot do', () => {
  const workspaces: TwoEngines[] = [];
  let go = '';
  const path = process.env.PATH;
  const settings = { ...process.env };

  beforeAll(async () => {
    go = (await findHostGo(new AbortController().signal))?.version.slice('go'.length) ?? '';
  });
  afterEach(() => {
    process.env = { ...settings };
  });
  afterAll(() => workspaces.forEach((each) => each.remove()));

  const workspace = (dockerfile: string) => {
    const made = new TwoEngines();
    workspaces.push(made);
    made.write('go.mod', 'module example.com/app\n\ngo 1.21\n');
    made.write('main.go', MAIN);
    made.write('Dockerfile', dockerfile);
    made.write('.dockerignore', 'dist\n');
    return made;
  };
  const build = (dockerfile: string) => workspace(dockerfile).build('native');

  const builder = (run: string) => `FROM golang:${go} AS builder
WORKDIR /src
COPY . .
ENV CGO_ENABLED=0
RUN ${run}
FROM scratch AS runner
COPY --from=builder /out/app /app
`;

  it.each([
    ['FROM scratch AS runner\nONBUILD COPY a /\n', 'Dockerfile:2: the engine "native" does not do ONBUILD'],
    [
      'FROM scratch AS runner\nCOPY go.mod /\nRUN ["/app"]\n',
      'Dockerfile:3: the engine "native" starts no containers, and a RUN in a stage that becomes the image needs one',
    ],
    [
      'FROM scratch AS runner\nADD https://example.com/a.txt /\n',
      'Dockerfile:2: the engine "native" fetches and unpacks nothing for ADD\n→ have the files in the context and write COPY; or',
    ],
    [
      'FROM scratch AS runner\nCOPY --parents go.mod /\n',
      'Dockerfile:2: the engine "native" does not know COPY --parents',
    ],
    [
      'FROM scratch AS runner\nUSER nobody\nWORKDIR /x\n',
      'Dockerfile:3: the engine "native" finds no number for nobody: /etc/passwd has no nobody\n→ write the numbers, such as 65532:65532; or',
    ],
    [
      'FROM $BASE AS runner\n',
      'Dockerfile:1: the engine "native" knows no value for $BASE, which this stage starts from',
    ],
    ['FROM scratch AS runner\nENV A=${B\n', 'Dockerfile:2: the engine "native" cannot read this line'],
  ])('names the line and the way out: %j', async (dockerfile, message) => {
    const error = await build(dockerfile).catch((thrown: Error) => thrown);
    expect(String(error)).toContain(message);
    expect(String(error)).toContain(WAY_OUT);
  });

  it.each([
    ['apt-get install upx', 'runs go build and mkdir, and no shell: this RUN runs "apt-get"'],
    ['go build -trimpath -o /out/app . && upx /out/app', 'this RUN runs "upx"'],
    ['go generate ./...', 'runs go build, and not go generate'],
    [
      'go build -o /out/app .',
      'compiles only with -trimpath: without it the folder of the build is in the program',
    ],
    ['CGO_ENABLED=1 go build -trimpath -o /out/app .', 'compiles without cgo'],
    ['go build -trimpath -race -o /out/app .', 'does not run go build -race, which needs a C compiler'],
    [
      'go build -trimpath -toolexec=/x -o /out/app .',
      'does not run go build -toolexec, which runs another program',
    ],
    [
      'go build -trimpath -ldflags="-X main.v=$(date)" -o /out/app .',
      'this RUN takes the output of a program',
    ],
    ['for a in x; do go build; done', 'this RUN uses "for" of the shell'],
    ['echo $? > /x', 'this RUN has a ">"'],
  ])('compiles nothing for RUN %s', async (run, message) => {
    const made = workspace(builder(run));
    const error = await made.build('native').catch((thrown: Error) => thrown);
    expect(String(error)).toContain(
      `Dockerfile:5: the engine "native" ${message.startsWith('this RUN') ? '' : message}`,
    );
    expect(String(error)).toContain(message);
    expect(String(error)).toContain(WAY_OUT);
  });

  it('looks for no base image before it refuses a flag of COPY', async () => {
    await expect(build('FROM golang:1.99 AS a\nFROM a AS runner\nCOPY --parents a /\n')).rejects.toThrow(
      'Dockerfile:3: the engine "native" does not know COPY --parents',
    );
  });

  it.each([
    ['go build -o /out/app .', 'compiles only with -trimpath'],
    ['go build -trimpath -buildmode=c-shared -o /out/app .', 'does not run go build -buildmode=c-shared'],
    ['go test ./... && go build -trimpath -o /out/app .', 'runs go build, and not go test'],
  ])('looks for no base image before it refuses RUN %s', async (run, message) => {
    const dockerfile = builder(run).replace(`golang:${go}`, 'golang:1.99');
    await expect(build(dockerfile)).rejects.toThrow(`Dockerfile:5: the engine "native" ${message}`);
  });

  it.each([
    [
      '--mount=type=bind,source=v.go,target=v.go go build -trimpath -o /out/app .',
      'type=bind,source=v.go,target=v.go',
    ],
    ['--mount=target=/x,source=x cd /x && go build -trimpath -o /out/app .', 'target=/x,source=x'],
    ['--mount=from=alpine,target=/x go mod download && mkdir /out', 'from=alpine,target=/x'],
    ['--mount=type=$T,target=/x go build -trimpath -o /out/app .', 'type=$T,target=/x'],
  ])('brings no files into RUN %s', async (run, mount) => {
    await expect(build(builder(run))).rejects.toThrow(
      `Dockerfile:5: the engine "native" does not do --mount=${mount}\n→ write COPY instead, in front of this RUN; or`,
    );
  });

  it('passes over mounts that bring files to what it leaves out, and those that bring none', async () => {
    const run = [
      '--mount=type=bind,source=go.mod,target=go.mod --mount=from=x,target=/x export A=1; go mod download -x',
      'RUN --mount=type=cache,target=/c --mount=type=secret,id=a --mount=type=ssh --mount=type=tmpfs,target=/t \\',
      '  go build -trimpath -o /out/app .',
    ];
    await expect(build(builder(run.join('\n')))).resolves.toMatch(/oci$/);
  });

  it('knows the home folder of root alone', async () => {
    const run = builder('cd "$HOME/../src" && go build -trimpath -o /out/app .');
    await expect(build(run)).resolves.toMatch(/oci$/);
    await expect(build(run.replace('ENV', 'USER 1000\nENV'))).rejects.toThrow(
      'Dockerfile:6: the engine "native" runs go build and mkdir, and no shell: this RUN reads $HOME of the shell',
    );
  });

  it('copies nothing that came with the image of Go', async () => {
    const dockerfile = `FROM golang:${go} AS builder\nFROM scratch AS runner\nCOPY --from=builder /etc/ssl /etc/ssl\n`;
    await expect(build(dockerfile)).rejects.toThrow(
      `Dockerfile:3: the engine "native" copies from this stage only what the Dockerfile made there, and /etc/ssl came with golang:${go}, or is not there`,
    );
  });

  describe('and for files of this machine', () => {
    const outside = mkdtempSync(join(tmpdir(), 'go-docker-spec-outside-'));
    const up = Array(30).fill('..').join('/');
    afterAll(() => rmSync(outside, { recursive: true }));

    beforeAll(() => {
      writeFileSync(join(outside, 'go.mod'), 'module example.com/lib\n\ngo 1.21\n');
      writeFileSync(join(outside, 'lib.go'), 'package lib\n\nconst V = "of this machine"\n');
      writeFileSync(join(outside, 'main.go'), MAIN);
    });

    const importing = (files: Record<string, string>) => {
      const made = workspace(builder('go build -trimpath -o /out/app .'));
      made.write('main.go', 'package main\n\nimport "example.com/lib"\n\nfunc main() { println(lib.V) }\n');
      for (const [name, text] of Object.entries(files)) made.write(name, text);
      return made.build('native');
    };
    const mod = (more: string) => `module example.com/app\n\ngo 1.21\n\n${more}`;
    const refused =
      /Dockerfile:5: the engine "native" compiles no files from outside of the stage, and example\.com\/lib is in .*go-docker-spec-outside-/;

    it.each([outside, `${up}${outside}`])('refuses a module that a replace finds at %s', async (place) => {
      rmSync(join(outside, 'main.go'), { force: true });
      const text = `require example.com/lib v0.0.0\nreplace example.com/lib => ${place}\n`;
      await expect(importing({ 'go.mod': mod(text) })).rejects.toThrow(refused);
    });

    it('says which path of the stage is none of this machine', async () => {
      const lib = {
        'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n',
        'lib/lib.go': 'package lib\n\nconst V = ""\n',
      };
      const text = `require example.com/lib v0.0.0\nreplace example.com/lib => /src/lib\n`;
      const why =
        'Dockerfile:5: the engine "native" finds no module by a path from the root of the stage, and go.';
      await expect(importing({ ...lib, 'go.mod': mod(text) })).rejects.toThrow(
        `${why}mod or go.work names /src/lib\n→ name it by a relative path`,
      );
      const work = { ...lib, 'go.mod': mod(''), 'go.work': 'go 1.21\n\nuse (\n\t.\n\t/src/lib\n)\n' };
      await expect(importing(work)).rejects.toThrow(`${why}work names /src/lib`);
    });

    it('refuses a module that a go.work uses', async () => {
      rmSync(join(outside, 'main.go'), { force: true });
      const files = { 'go.mod': mod(''), 'go.work': `go 1.21\n\nuse (\n\t.\n\t${outside}\n)\n` };
      await expect(importing(files)).rejects.toThrow(refused);
    });

    it.each([outside, `${up}${outside}`, `x/${up}${outside}`])('finds none at %s/main.go', async (place) => {
      writeFileSync(join(outside, 'main.go'), MAIN);
      const run = builder(`go build -trimpath -o /out/app ${place}/main.go`);
      await expect(build(run)).rejects.toThrow(/Dockerfile:5: go build failed\n[\s\S]*main\.go/);
    });

    it('takes those of the stage by any path', async () => {
      const paths = ['/src', '/src/main.go', '.', './', './main.go', 'main.go', `${up}/src`, './...'];
      const run = paths.map((each) => `go build -trimpath -o /out/app ${each}`).join(' && ');
      await expect(build(builder(run))).resolves.toMatch(/oci$/);
    });
  });

  it('says which file is not there, or is kept out', async () => {
    await expect(build('FROM scratch AS runner\nCOPY dist/x none /\n')).rejects.toThrow(
      'Dockerfile:2: "/dist/x" is not there, or the ignore file keeps it out',
    );
  });

  it('says what is in the way of a folder', async () => {
    await expect(build('FROM scratch AS runner\nCOPY go.mod /x\nWORKDIR /x/y\n')).rejects.toThrow(
      'Dockerfile:3: "/x" is a file, not a folder',
    );
  });

  it('says what Go says', async () => {
    const made = workspace(builder('go build -trimpath -o /out/app .'));
    made.write('main.go', 'package main\n\nfunc main() { missing() }\n');
    await expect(made.build('native')).rejects.toThrow(
      /Dockerfile:5: go build failed\n[\s\S]*main\.go:3:15: undefined: missing/,
    );
  });

  it.each([
    ['golang:1.99', '1.99.0'],
    ['docker.io/library/golang:1.99-none', '1.99.0'],
    [`golang@sha256:${'0'.repeat(64)}`, '1.26.0'],
  ])('says where it learns no release of %s', async (image, example) => {
    const dockerfile = builder('go build -trimpath -o /out/app .').replace(`golang:${go}`, image);
    await expect(build(dockerfile)).rejects.toThrow(
      new RegExp(
        `Dockerfile:1: the engine "native" cannot tell which release of Go ${image} is: the base image .* is not on this machine: .*\n→ name the release to its last number, such as golang:${example}; where .* --goVersion=…; or`,
      ),
    );
  });

  it('says that there is no Go', async () => {
    const made = workspace(builder('go build -trimpath -o /out/app .'));
    // Debian has Go where Node is, too.
    process.env.PATH = join(made.root, 'empty');
    await expect(made.build('native')).rejects.toThrow(
      'there is no go program on the PATH, which the engine "native" compiles with\n→ install Go',
    );
  });

  it('says that another release of Go cannot be fetched', async () => {
    process.env.GOPROXY = 'off';
    await expect(build(builder('go build -trimpath -o /out/app .').replace(go, '1.21.1'))).rejects.toThrow(
      new RegExp(
        `the program is compiled with Go 1\\.21\\.1, as in golang:1\\.21\\.1, and this machine has go${go}\\n[\\s\\S]*→ install Go 1\\.21\\.1`,
      ),
    );
  });

  it('says that the Go of this machine is too old to be another', async () => {
    const bin = mkdtempSync(join(tmpdir(), 'go-docker-spec-old-go-'));
    try {
      writeFileSync(join(bin, 'go'), `#!/bin/sh\necho '{"GOVERSION":"go1.20.5"}'\n`);
      chmodSync(join(bin, 'go'), 0o755);
      process.env.PATH = [bin, path].join(delimiter);
      await expect(build(builder('go build -trimpath -o /out/app .'))).rejects.toThrow(
        'and this machine has go1.20.5\n→ install Go 1.21 or newer (https://go.dev/dl/), which fetches other releases by itself; or --engine=docker',
      );
    } finally {
      rmSync(bin, { recursive: true });
    }
  });

  it('takes nothing from the settings of this machine that Go reads', async () => {
    const made = workspace(builder('go build -trimpath -o /out/app .'));
    const [plain] = await made.seen(await made.build('native'));
    Object.assign(process.env, {
      GOOS: 'windows',
      GOARCH: '386',
      GOFLAGS: '-tags=x',
      CGO_ENABLED: '1',
      GOWORK: '/x/go.work',
    });
    const [stray] = await made.seen(await made.build('native'));
    expect(stray).toEqual(plain);
  });

  it('writes nothing into the sources', async () => {
    const made = workspace(builder('go build -trimpath -o /out/app .'));
    mkdirSync(join(made.root, 'sub'));
    const before = snapshot(made.root);
    await made.build('native');
    expect(snapshot(made.root)).toEqual(before);
  });

  it('leaves no temporary folder behind', async () => {
    const own = `go-docker-native-${process.pid}-`;
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(own));
    const before = folders();
    await build(builder('go build -trimpath -o /out/app .'));
    await build(builder('go build -trimpath -o /out/app ./missing')).catch(() => undefined);
    expect(folders()).toEqual(before);
  });
});

function snapshot(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('dist'))
    .map((path) => `${path} ${statSync(join(root, path)).mtimeMs}`)
    .sort();
}
