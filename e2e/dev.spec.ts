import { existsSync, mkdirSync, statSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { containerdStore, dockerSucceeds, requireDocker, uniqueName } from './docker/docker';
import { goEnvironment } from './workspace/environment';
import { eventually, processesMentioning } from './workspace/processes';
import { run, succeed, type Running } from './workspace/program';
import { refused } from './workspace/refusal';
import { mustSucceed } from './workspace/set-up';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(15 * 60_000);

/** Waits have an end, and say nothing of how long an edit takes: these machines have other work too. */
const PATIENCE = 6 * 60_000;

/** Serves what it is made of on $ADDR, and leaves a file where it runs. */
const API = `package main

import (
	_ "embed"
	"fmt"
	"net/http"
	"os"

	"example.com/work/log"
	"github.com/google/uuid"
)

//go:embed greeting.txt
var greeting string

func main() {
	if err := os.WriteFile("made-by-the-app.txt", []byte("made\\n"), 0o600); err != nil {
		panic(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, log.Line("api", greeting), uuid.NameSpaceDNS)
	})
	addr := os.Getenv("ADDR")
	if addr == "" {
		addr = ":8080"
	}
	panic(http.ListenAndServe(addr, nil))
}
`;

/** Has no port: it runs until it is ended. */
const WORKER = `package main

import (
	"fmt"
	"os"
	"os/signal"

	"example.com/work/log"
	"example.com/work/queue"
)

func main() {
	fmt.Print(log.Line("worker", queue.Next()))
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	<-interrupted
}
`;

describe('nx run api:dev', () => {
  const name = uniqueName('dev');
  let workspace: Workspace;
  let port: number;
  let env: NodeJS.ProcessEnv;
  let nx: Running | undefined;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    port = await freePort();
    env = { API_PORT: String(port) };
    workspace = await createWorkspace({
      copyOf: 'e2e/fixtures/work',
      folder: name,
      files: { 'apps/api/main.go': API, 'apps/worker/main.go': WORKER },
    });
    await mustSucceed(workspace, ['g', 'go-docker:init']);
    await mustSucceed(workspace, ['g', 'go-docker:setup', 'api', '--port=8080']);
    await mustSucceed(workspace, ['g', 'go-docker:setup', 'worker']);
    for (const app of ['api', 'worker']) useOwnVolumes(workspace, app, name);
    workspace.write('compose.yaml', `${workspace.read('compose.yaml')}${otherServices()}`);
    workspace.edit('apps/api/compose.yaml', '    ports:', '    depends_on: [cache, mail]\n    ports:');
    await workspace.commit();
  });
  afterAll(async () => {
    if (nx?.isRunning()) nx.signalGroup('SIGKILL');
    await nothingRuns(workspace, name);
    await removeOwnThings(name);
    removeWorkspaces();
  });

  const start = (args: readonly string[]) => {
    nx = workspace.startNx(args, { env });
    return nx;
  };
  const served = async (text: string) =>
    eventually(async () => expect(await bodyOf(port)).toContain(text), PATIENCE);

  describe('in a container', () => {
    it('starts the app with what it depends on, and is ready when it serves', async () => {
      const mail = await dockerSucceeds(containerdStore, ['compose', 'up', '--detach', 'mail'], {
        cwd: workspace.root,
      }).then(() => containers(name));
      expect(mail).toEqual(['mail']);

      const api = start(['run', 'api:dev']);
      await api.printed(new RegExp(`api is ready: http://127\\.0\\.0\\.1:${port}`), PATIENCE);

      expect(await bodyOf(port)).toBe('api: good morning\n6ba7b810-9dad-11d1-80b4-00c04fd430c8');
      expect(await containers(name)).toEqual(['api', 'cache', 'mail']);
      expect(api.output()).toContain('Engine docker: Docker answers');
    });

    it('serves an edit of the app and one of a library', async () => {
      workspace.write('apps/api/greeting.txt', 'good evening\n');
      await served('api: good evening');
      workspace.edit('libs/log/log.go', 'app + ": "', 'app + " says "');
      await served('api says good evening');
    });

    it('shows what does not compile, and goes on', async () => {
      workspace.edit('apps/api/main.go', 'panic(http.', 'oops(http.');
      await nx?.printed(
        /apps\/api\/main\.go:\d+:\d+: undefined: oops|main\.go:\d+:\d+: undefined: oops/,
        PATIENCE,
      );
      workspace.edit('apps/api/main.go', 'oops(http.', 'panic(http.');
      workspace.write('apps/api/greeting.txt', 'good night\n');
      await served('api says good night');
    });

    it('fetches a module that go.mod asks for', async () => {
      await succeed('go', ['get', 'github.com/pkg/errors@v0.9.1'], {
        cwd: workspace.path('apps/api'),
        env: goEnvironment(),
      });
      workspace.edit('apps/api/main.go', 'import (', 'import (\n\t"github.com/pkg/errors"');
      workspace.edit('apps/api/main.go', 'uuid.NameSpaceDNS)', 'uuid.NameSpaceDNS, errors.New(" fetched"))');
      await served(' fetched');
    });

    it('makes files that belong to whoever started it', () => {
      expect(statSync(workspace.path('apps/api/made-by-the-app.txt')).uid).toBe(process.getuid?.());
    });

    it('leaves nothing after Ctrl-C but what ran before', async () => {
      nx?.signalGroup('SIGINT');
      await nx?.finished;

      await eventually(async () => {
        expect(processesMentioning(workspace.root)).toEqual([]);
        expect(await containers(name)).toEqual(['mail']);
      }, 60_000);
      await dockerSucceeds(containerdStore, ['compose', 'down'], { cwd: workspace.root });
      expect(await volumes(name)).toEqual([`${name}-build`, `${name}-mod`]);
    });
  });

  it('runs beside others, and leaves nothing even when Nx is killed', async () => {
    const both = start(['run-many', '--targets=dev']);
    await both.printed(/api is ready: /, PATIENCE);
    await both.printed(/worker is ready\s/, PATIENCE);
    expect(await containers(name)).toEqual(['api', 'cache', 'mail', 'worker']);
    expect(both.output()).toMatch(/worker says idle/);

    both.signal('SIGKILL');

    await nothingRuns(workspace, name);
    expect(await networks(name)).toEqual([]);
  });

  it('is refused while its port is in use, with who holds it and how to move', async () => {
    const server = await listen(port);
    try {
      const output = await refused(workspace, ['run', 'api:dev', '--engine=docker'], env);
      expect(output).toContain(`port ${port}, which api needs, is in use`);
      expect(output).toContain(
        `→ end that program, or take another port: API_PORT=${port + 1} nx run api:dev`,
      );
    } finally {
      server.close();
    }
    expect(await containers(name)).toEqual([]);
  });

  it('is refused where no Docker answers, and names the way without it', async () => {
    const output = await refused(workspace, ['run', 'api:dev', '--engine=docker'], DEAD);
    expect(output).toContain('Docker does not answer');
    expect(output).toContain('or run the app without Docker: --engine=native');
  });

  describe('without Docker', () => {
    it('says so when air cannot be fetched', async () => {
      const caches = {
        XDG_CACHE_HOME: workspace.path('..', 'none'),
        GOMODCACHE: workspace.path('..', 'none', 'mod'),
      };
      const output = await refused(workspace, ['run', 'worker:dev'], { ...DEAD, ...caches, GOPROXY: 'off' });
      expect(output).toMatch(/air v\d+\.\d+\.\d+ could not be fetched or compiled/);
      expect(output).toContain('GOPROXY=off');
    });

    it('runs on this machine, serves an edit, and leaves no process', async () => {
      const free = await freePort();
      const goCache = (await succeed('go', ['env', 'GOCACHE'], { env: goEnvironment() })).trim();
      const cache = workspace.path('..', 'cache');
      mkdirSync(cache);
      env = {
        ...DEAD,
        ADDR: `127.0.0.1:${free}`,
        XDG_CACHE_HOME: cache,
        GOCACHE: goCache,
        GOENV: 'off',
        GOTOOLCHAIN: 'auto',
      };
      const api = start(['run', 'api:dev', `--port=${free}`]);
      await api.printed(new RegExp(`api is ready: http://127\\.0\\.0\\.1:${free}`), PATIENCE);
      expect(api.output()).toMatch(/Engine native: Docker does not answer, and go\S+ is on this machine/);

      workspace.write('apps/api/greeting.txt', 'good night, host\n');
      await eventually(async () => expect(await bodyOf(free)).toContain('good night, host'), PATIENCE);
      api.signal('SIGTERM');
      await api.finished;

      await eventually(() => {
        expect(processesMentioning(workspace.root)).toEqual([]);
        expect(processesMentioning(workspace.temporary)).toEqual([]);
      }, 60_000);
      expect(existsSync(workspace.path('tmp'))).toBe(false);
    });
  });
});

const DEAD = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

/** Caches of this test alone: it removes them. */
function useOwnVolumes(workspace: Workspace, app: string, name: string): void {
  for (const cache of ['mod', 'build']) {
    workspace.edit(`apps/${app}/compose.yaml`, `name: go-docker-${cache}`, `name: ${name}-${cache}`);
  }
}

/** What the app depends on: one service that the loop starts, and one that runs already. */
function otherServices(): string {
  const service = (name: string) =>
    `  ${name}:\n    image: alpine:3.22\n    init: true\n    command: sleep 3600\n    stop_grace_period: 1s\n`;
  return `services:\n${service('cache')}${service('mail')}`;
}

async function freePort(): Promise<number> {
  const server = await listen(0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function bodyOf(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5000) });
  return response.text();
}

/** Compose services of which there is a container, running or not. */
async function containers(project: string): Promise<string[]> {
  const label = 'com.docker.compose';
  return lines([
    'ps',
    '--all',
    `--filter=label=${label}.project=${project}`,
    `--format={{.Label "${label}.service"}}`,
  ]);
}

function networks(project: string): Promise<string[]> {
  return lines([
    'network',
    'ls',
    `--filter=label=com.docker.compose.project=${project}`,
    '--format={{.Name}}',
  ]);
}

function volumes(name: string): Promise<string[]> {
  return lines(['volume', 'ls', `--filter=name=${name}`, '--format={{.Name}}']);
}

async function lines(args: readonly string[]): Promise<string[]> {
  const listing = await dockerSucceeds(containerdStore, args);
  return listing
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

async function nothingRuns(workspace: Workspace, project: string): Promise<void> {
  await eventually(async () => {
    expect(processesMentioning(workspace.root)).toEqual([]);
    expect(await containers(project)).toEqual([]);
  }, 60_000);
}

async function removeOwnThings(name: string): Promise<void> {
  for (const volume of await volumes(name)) await run('docker', ['volume', 'rm', volume]);
}
