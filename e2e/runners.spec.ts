import { arch } from 'node:os';
import {
  classicStore,
  containerdStore,
  dockerSucceeds,
  loadLayout,
  removeDockerThings,
  requireDocker,
  runContainer,
  startContainer,
  type Docker,
} from './docker/docker';
import { binaryPath, fileOf, readSingleImage } from './images/layout';
import { run } from './workspace/program';
import { mustSucceed } from './workspace/set-up';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(15 * 60_000);

/** Calls C, and asks the C library who root is and where localhost is. With an argument it serves. */
const MAIN = `package main

// #include "add.h"
import "C"

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"os/user"
)

func main() {
	if len(os.Args) > 1 {
		http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {
			if os.Args[1] == "sick" {
				w.WriteHeader(http.StatusServiceUnavailable)
			}
		})
		panic(http.ListenAndServe(":8080", nil))
	}
	root, err := user.LookupId("0")
	if err != nil {
		panic(err)
	}
	hosts, err := net.LookupHost("localhost")
	if err != nil {
		panic(err)
	}
	asset, err := os.ReadFile("pages/hello.txt")
	if err != nil {
		panic(err)
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"sum": C.add(2, 3), "root": root.Username, "hosts": len(hosts) > 0, "asset": string(asset), "uid": os.Getuid(),
	})
}
`;

const apps = {
  distroless: [],
  debian: ['--upx'],
  alpine: [],
  scratch: ['--upx'],
} as const;
type App = keyof typeof apps;
const names = Object.keys(apps) as App[];

const native = arch() === 'x64' ? 'amd64' : arch();
const foreign = native === 'amd64' ? 'arm64' : 'amd64';

describe('an app with C code', () => {
  let workspace: Workspace;
  const image = (app: App) => readSingleImage(workspace.path(`dist/images/${app}`));
  const program = (app: App) => fileOf(image(app), binaryPath(image(app)));

  beforeAll(async () => {
    await requireDocker(containerdStore);
    await requireDocker(classicStore);
    const files = names.flatMap((app) => [
      [`apps/${app}/go.mod`, `module example.com/${app}\n\ngo 1.26.8\n`],
      [`apps/${app}/main.go`, MAIN],
      [`apps/${app}/add.c`, '#include "add.h"\n\nint add(int a, int b) { return a + b; }\n'],
      [`apps/${app}/add.h`, 'int add(int a, int b);\n'],
      [`apps/${app}/pages/hello.txt`, 'hello'],
    ]);
    workspace = await createWorkspace({
      files: {
        ...(Object.fromEntries(files) as Record<string, string>),
        'go.work': `go 1.26.8\n\nuse (\n${names.map((app) => `\t./apps/${app}\n`).join('')})\n`,
      },
    });
    await mustSucceed(workspace, ['g', 'go-docker:init']);
    for (const app of names) {
      const runner = [
        `--runner=${app}`,
        '--cgo',
        `--platforms=linux/${native}`,
        '--dev=false',
        '--assets=pages',
      ];
      const health = ['--port=8080', '--healthcheck=/healthz'];
      await mustSucceed(workspace, ['g', 'go-docker:setup', app, ...runner, ...health, ...apps[app]]);
    }
    await mustSucceed(workspace, ['run-many', '-t', 'image', '--parallel=2']);
  });
  afterAll(async () => {
    await removeDockerThings();
    removeWorkspaces();
  });

  it.each(names)(
    'runs on %s, with its assets and without root, as the C library of the runner has it',
    async (app) => {
      const loaded = await loadLayout(containerdStore, workspace.path(`dist/images/${app}`));
      const { output, exitCode } = await runContainer(containerdStore, loaded, []);
      expect({ output, exitCode }).toEqual({
        output: '{"asset":"hello","hosts":true,"root":"root","sum":5,"uid":65532}\n',
        exitCode: 0,
      });
    },
  );

  it('is packed where UPX was asked for, and smaller by more than half', async () => {
    const [packed, plain] = [await program('debian'), await program('distroless')];
    expect(packed.includes('UPX!')).toBe(true);
    expect(plain.includes('UPX!')).toBe(false);
    expect(packed.length).toBeLessThan(plain.length / 2);
  });

  it('is found healthy by Docker on every runner, whichever image store it has', async () => {
    const stores = {
      distroless: containerdStore,
      scratch: containerdStore,
      alpine: classicStore,
      debian: classicStore,
    };
    const found = await Promise.all(names.map((app) => healthOf(stores[app], app, 'well')));
    expect(found).toEqual(names.map(() => ({ status: 'healthy', said: '' })));
  });

  it('is found sick where its answer says so', async () => {
    expect(await healthOf(containerdStore, 'distroless', 'sick')).toEqual({
      status: 'unhealthy',
      said: '/healthz: status 503\n',
    });
  });

  it('has one digest, whichever engine compiled it', async () => {
    const { digest } = image('scratch');
    await mustSucceed(workspace, ['run', 'scratch:image', '--skip-nx-cache'], classicStore.env);
    expect(image('scratch').digest).toBe(digest);
  });

  it('is refused for another architecture: by setup, by image before it builds, and by the builder stage', async () => {
    const both = `--platforms=linux/${native},linux/${foreign}`;
    const setup = await workspace.nx(['g', 'go-docker:setup', 'alpine', both]);
    expect(setup.exitCode).toBe(1);
    expect(setup.output).toContain(
      'A program with cgo is compiled for the architecture of the machine that builds alone',
    );

    const built = await workspace.nx(['run', 'alpine:image', `--platforms=linux/${foreign}`]);
    expect(built.exitCode).toBe(1);
    expect(built.output).toContain(
      `alpine uses cgo, and this builder compiles C for linux/${native}, not for linux/${foreign}`,
    );
    expect(built.output).not.toContain('load build definition');

    const args = [`--platform=linux/${foreign}`, '--target=builder', '--file=apps/alpine/Dockerfile', '.'];
    const byHand = await run('docker', ['buildx', 'build', '--progress=plain', ...args], {
      cwd: workspace.root,
    });
    expect(byHand.exitCode).not.toBe(0);
    expect(byHand.output).toContain(
      `cgo compiles for the machine that builds: it is ${native}, and ${foreign} was asked for`,
    );
  });

  it('says which asset is gone', async () => {
    workspace.remove('apps/alpine/pages');
    const { exitCode, output } = await workspace.nx(['run', 'alpine:image']);
    workspace.write('apps/alpine/pages/hello.txt', 'hello');
    expect(exitCode).toBe(1);
    expect(output).toContain('"/apps/alpine/pages": not found');
  });

  /** What Docker finds, with its first questions a second apart. */
  async function healthOf(docker: Docker, app: App, state: string) {
    const loaded = await loadLayout(docker, workspace.path(`dist/images/${app}`));
    const flags = ['--health-interval=1s', '--health-start-period=0s', '--health-retries=5'];
    const container = startContainer(docker, loaded, [state], flags);
    const format = '{{json .State.Health}}';
    for (let second = 0; second < 60; second++) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const inspected = await run('docker', ['inspect', `--format=${format}`, container.name], {
        env: { ...process.env, ...docker.env },
      });
      if (inspected.exitCode !== 0) continue;
      const health = JSON.parse(inspected.stdout) as { Status: string; Log: { Output: string }[] };
      if (health.Status === 'starting') continue;
      await dockerSucceeds(docker, ['stop', '--time=1', container.name]);
      return { status: health.Status, said: health.Log.at(-1)?.Output };
    }
    throw new Error(`Docker found ${loaded} neither healthy nor sick within a minute.`);
  }
});
