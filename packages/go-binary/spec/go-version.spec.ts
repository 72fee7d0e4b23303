import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readBuildInfo, type BuildInfo, type GoModuleVersion } from '../src';

/** What `go version -m -json` prints, which it does since Go 1.24. */
interface GoVersionOutput {
  GoVersion: string;
  Path: string;
  Main: Partial<GoVersionModule>;
  Deps?: GoVersionModule[];
  Settings: { Key: string; Value: string }[];
}
interface GoVersionModule {
  Path: string;
  Version?: string;
  Sum?: string;
  Replace?: GoVersionModule;
}

const SOURCES = {
  'app/go.mod': `module example.com/shop/app

go 1.22

require (
	example.com/money v1.2.3
	example.com/text v0.0.0-20240102030405-0123456789ab
)

replace (
	example.com/money => ../money
	example.com/text => ../text
)
`,
  'app/main.go': `package main

import (
	"example.com/money"
	"example.com/text"
)

func main() { println(money.Unit, text.Greeting) }
`,
  'money/go.mod': 'module example.com/money\n\ngo 1.22\n',
  'money/money.go': 'package money\n\nconst Unit = "EUR"\n',
  'text/go.mod': 'module example.com/text\n\ngo 1.22\n',
  'text/text.go': 'package text\n\nconst Greeting = "hello"\n',
};

describe('readBuildInfo says what `go version -m -json` says', () => {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'go-binary-')));

  beforeAll(() => {
    for (const [file, text] of Object.entries(SOURCES)) {
      mkdirSync(dirname(join(workspace, file)), { recursive: true });
      writeFileSync(join(workspace, file), text);
    }
  });
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  it.each([
    ['amd64', [], {}],
    ['arm64', ['-trimpath', '-ldflags=-s -w'], {}],
    ['arm', ['-tags=netgo,timetzdata'], { GOARM: '6' }],
    ['riscv64', ['-ldflags=-X "main.words=two words"'], {}],
    ['s390x', [], {}],
  ])(
    'of a program for linux/%s built with %j',
    async (architecture, flags, env) => {
      const program = build(architecture, flags, env);
      expect(inGoWords(await readBuildInfo(program))).toEqual(goVersion(program));
    },
    120_000,
  );

  it('of the go command itself, which names no main module', async () => {
    const program = join(go(['env', 'GOROOT']).trim(), 'bin', 'go');
    expect(inGoWords(await readBuildInfo(program))).toEqual(goVersion(program));
  });

  function build(architecture: string, flags: readonly string[], env: Record<string, string>): string {
    const program = join(workspace, architecture);
    go(['build', ...flags, '-o', program, '.'], { ...env, GOARCH: architecture });
    return program;
  }

  function go(args: readonly string[], env: Record<string, string> = {}): string {
    return execFileSync('go', args, {
      cwd: join(workspace, 'app'),
      encoding: 'utf8',
      env: {
        ...process.env,
        ...{ GOOS: 'linux', GOFLAGS: '-buildvcs=false', GOWORK: 'off', GOPROXY: 'off', CGO_ENABLED: '0' },
        ...env,
      },
    });
  }

  function goVersion(program: string): GoVersionOutput {
    return JSON.parse(go(['version', '-m', '-json', program])) as GoVersionOutput;
  }
});

function inGoWords({ goVersion, path, main, deps, settings }: BuildInfo): Partial<GoVersionOutput> {
  return {
    GoVersion: goVersion,
    Path: path,
    Main: main ? moduleInGoWords(main) : {},
    Deps: deps.length > 0 ? deps.map(moduleInGoWords) : undefined,
    Settings: settings.map(({ key, value }) => ({ Key: key, Value: value })),
  };
}

function moduleInGoWords({ path, version, sum, replace }: GoModuleVersion): GoVersionModule {
  return { Path: path, Version: version, Sum: sum, Replace: replace && moduleInGoWords(replace) };
}
