import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diskFileSystem, readGoWorkspace } from '@go-docker/go-workspace';
import { appImageOf } from '../../src/apps/app-image';
import { imageFiles } from '../../src/dockerfile/image-files';
import { runners, type ImageSettings } from '../../src/dockerfile/image-settings';
import { imageStores, requireImageStore } from '../engines/image-stores';

jest.setTimeout(5 * 60_000);

const repository = join(__dirname, '../../../..');
const goVersion =
  /^go (\S+)$/m.exec(readFileSync(join(repository, 'examples/shop/go.work'), 'utf8'))?.[1] ?? '';
const baseImages = [
  `golang:${goVersion}`,
  'gcr.io/distroless/static-debian13:nonroot',
  'alpine:3.22',
  'debian:trixie-slim',
];

/** Prints what a program finds in its image. */
const PROGRAM = `package main

import (
	"crypto/x509"
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"example.com/shop/log"
)

//go:embed pages *.txt
var files embed.FS

func main() {
	pool, err := x509.SystemCertPool()
	zone, zoneErr := time.LoadLocation("Europe/Rome")
	tmp, tmpErr := os.Stat("/tmp")
	_, writeErr := os.CreateTemp("", "x")
	asset, _ := os.ReadFile("templates/hello.html")
	page, _ := files.ReadFile("pages/[id].html")
	out, _ := json.Marshal(map[string]any{
		"uid": os.Getuid(), "gid": os.Getgid(), "asset": string(asset), "page": string(page), "log": log.Name,
		"certificates": err == nil && len(pool.Subjects()) > 100, "zone": zone.String(),
		"tmp": tmp.Mode().String(), "errors": fmt.Sprint(zoneErr, tmpErr, writeErr),
	})
	fmt.Println(string(out))
}
`;

const library = { 'log.go': 'package log\n\nconst Name = "log"\n', 'log_test.go': 'package log\n' };
const app = {
  'main.go': PROGRAM,
  'main_test.go': 'package main\n',
  'pages/[id].html': 'page',
  'pages/i.html': 'page',
  'pages/.env': 'SECRET=1\n',
  'robots [1] of $2.txt': '',
  'notes.md': 'not for the image\n',
  'templates/hello.html': 'asset',
};
const goMod = (path: string, more = '') => `module ${path}\n\ngo ${goVersion}\n${more}`;

/** Layout → its files, where its app lies, and the files a build may see of it. */
const layouts = {
  'go.work': {
    root: 'apps/api',
    files: {
      'go.work': `go ${goVersion}\n\nuse (\n\t./apps/api\n\t./apps/other\n\t./libs/log\n)\n`,
      'apps/api/go.mod': goMod('example.com/shop/api', '\nrequire example.com/shop/log v0.0.0\n'),
      ...below('apps/api', app),
      'apps/other/go.mod': goMod('example.com/shop/other'),
      'libs/log/go.mod': goMod('example.com/shop/log'),
      ...below('libs/log', library),
    },
    seen: ['apps/api/go.mod', 'go.work', 'libs/log/go.mod', 'libs/log/log.go'],
  },
  'one go.mod at the root': {
    root: 'cmd/worker',
    files: { 'go.mod': goMod('example.com/shop'), ...below('cmd/worker', app), ...below('log', library) },
    seen: ['go.mod', 'log/log.go'],
  },
  'a module of its own beside another': {
    root: 'services/agent',
    files: {
      'services/agent/go.mod': goMod(
        'example.com/agent',
        '\nrequire example.com/shop/log v0.0.0\n\nreplace example.com/shop/log => ../log\n',
      ),
      ...below('services/agent', app),
      'services/log/go.mod': goMod('example.com/shop/log'),
      ...below('services/log', library),
    },
    seen: ['services/agent/go.mod', 'services/log/go.mod', 'services/log/log.go'],
  },
} as const;

function below(folder: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

describe.each(imageStores)('generated files on the $store image store', ({ env, ...imageStore }) => {
  const roots: string[] = [];
  const tag = `go-docker-spec-dockerfile:${process.pid}-${imageStore.store}`;
  const docker = (...args: readonly string[]) =>
    execFileSync('docker', args, { env: { ...process.env, ...env }, encoding: 'utf8', stdio: 'pipe' });

  beforeAll(() => {
    requireImageStore({ env, ...imageStore });
    execFileSync(process.execPath, [join(repository, 'tools/base-images.mjs'), ...baseImages], {
      env: { ...process.env, ...env },
      stdio: 'pipe',
    });
  });
  afterEach(() => docker('image', 'rm', '--force', tag));
  afterAll(() => roots.forEach((root) => rmSync(root, { recursive: true })));

  /** Builds a stage of the generated Dockerfile and runs a command in it. Nothing here needs a network. */
  function run(
    layout: keyof typeof layouts,
    settings: Partial<ImageSettings>,
    target = 'runner',
    command: string[] = [],
  ) {
    const { root, files } = layouts[layout];
    const workspace = mkdtempSync(join(tmpdir(), 'go-docker-spec-'));
    roots.push(workspace);
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), text);
    };
    Object.entries(files).forEach(([path, text]) => write(path, text));
    const dockerfile = `${root}/Dockerfile`;
    const image = appImageOf(readGoWorkspace(diskFileSystem(workspace)), dockerfile, '');
    if (!image) throw new Error(`no app in ${root}`);
    imageFiles(image, {}, { assets: [`${root}/templates`], ...settings }).forEach((text, path) =>
      write(path, text),
    );
    docker(
      'build',
      '--progress=plain',
      '--network=none',
      '--target',
      target,
      '--tag',
      tag,
      '--file',
      join(workspace, dockerfile),
      workspace,
    );
    return docker('run', '--rm', '--network=none', tag, ...command);
  }

  const found = {
    uid: 65532,
    gid: 65532,
    asset: 'asset',
    page: 'page',
    log: 'log',
    certificates: true,
    zone: 'Europe/Rome',
    tmp: 'dtrwxrwxrwx',
    errors: '<nil> <nil> <nil>',
  };

  it.each(runners)('run on %s: no root, certificates, zones, a /tmp, assets and embedded files', (runner) => {
    expect(JSON.parse(run('go.work', { runner }))).toEqual(found);
  });

  it('run with modules in a cache mount', () => {
    expect(JSON.parse(run('go.work', { runner: 'scratch', depsCache: 'mount' }))).toEqual(found);
  });

  it.each(['one go.mod at the root', 'a module of its own beside another'] as const)(
    'run for %s',
    (layout) => {
      expect(JSON.parse(run(layout, { runner: 'scratch' }))).toEqual(found);
    },
  );

  it.each(Object.keys(layouts) as (keyof typeof layouts)[])(
    'let the build see its closure alone, for %s',
    (layout) => {
      const { root, seen } = layouts[layout];
      const own = [
        'main.go',
        'pages/[id].html',
        'pages/i.html',
        'robots [1] of $2.txt',
        'templates/hello.html',
      ];
      const files = run(layout, {}, 'builder', ['find', '/src', '-type', 'f']).trim().split('\n');
      expect(files.sort()).toEqual(
        [...own.map((path) => `${root}/${path}`), ...seen].map((path) => `/src/${path}`).sort(),
      );
    },
  );
});
