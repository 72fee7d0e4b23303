import { createServer } from 'node:net';
import {
  containerdStore,
  dockerSucceeds,
  loadLayout,
  removeDockerThings,
  requireDocker,
  runContainer,
} from './docker/docker';
import { readSingleImage } from './images/layout';
import { eventually } from './workspace/processes';
import type { Running } from './workspace/program';
import { refused } from './workspace/refusal';
import { mustSucceed } from './workspace/set-up';
import { snapshot } from './workspace/snapshot';
import { tasksRun } from './workspace/tasks';
import {
  createWorkspace,
  removeWorkspaces,
  type Workspace,
  type WorkspaceContent,
} from './workspace/workspace';

jest.setTimeout(10 * 60_000);

/** A server and a program that prints; the server alone uses the library. */
const SHOP: WorkspaceContent = {
  files: {
    'go.work': 'go 1.26.0\n\ntoolchain go1.26.8\n\nuse (\n\t./apps/api\n\t./apps/job\n\t./libs/greet\n)\n',
    'apps/api/go.mod': 'module example.com/versions/api\n\ngo 1.26.0\n',
    // Not net/http, which takes a cold cache half a minute to compile.
    'apps/api/main.go': `package main

import (
	"fmt"
	"net"

	"example.com/versions/greet"
)

func main() {
	listener, err := net.Listen("tcp", ":8080")
	if err != nil {
		panic(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go answer(connection)
	}
}

func answer(connection net.Conn) {
	defer connection.Close()
	connection.Read(make([]byte, 4096))
	fmt.Fprintf(connection, "HTTP/1.0 200 OK\\r\\n\\r\\n%s", greet.World())
}
`,
    'apps/job/go.mod': 'module example.com/versions/job\n\ngo 1.26.0\n',
    'apps/job/main.go': 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("done")\n}\n',
    'libs/greet/go.mod': 'module example.com/versions/greet\n\ngo 1.26.0\n',
    'libs/greet/greet.go': 'package greet\n\n// World greets.\nfunc World() string {\n\treturn "hello"\n}\n',
  },
};

beforeAll(() => requireDocker(containerdStore));
afterAll(async () => {
  await removeDockerThings();
  removeWorkspaces();
});

describe.each<{ name: string; nxVersion: string; node?: number }>([
  { name: 'Nx 22', nxVersion: '22.7.12' },
  { name: 'Nx 23', nxVersion: '23.2.1' },
  { name: 'Nx 24', nxVersion: '24.0.6' },
  { name: 'Nx 23 on Node.js 22', nxVersion: '23.2.1', node: 22 },
  { name: 'Nx 24 on Node.js 24', nxVersion: '24.0.6', node: 24 },
])('$name', ({ nxVersion, node }) => {
  let workspace: Workspace;
  const nx = (...args: string[]) => mustSucceed(workspace, args);

  beforeAll(async () => {
    workspace = await createWorkspace({ ...SHOP, nxVersion, node });
  });

  it('takes the plugin and sets the apps up, once and for all', async () => {
    expect(await nx('--version')).toContain(nxVersion);
    if (node !== undefined) expect(await nx('report')).toMatch(new RegExp(`^Node +: ${node}\\.`, 'm'));
    await nx('g', 'go-docker:init');
    await nx('g', 'go-docker:setup', 'api', '--port=8080');
    await nx('g', 'go-docker:setup');
    await workspace.commit();

    await nx('g', 'go-docker:setup');

    expect(await workspace.changes()).toEqual([]);
  });

  it('builds the images, and takes them from the cache the next time', async () => {
    const build = async () => tasksRun(await nx('run-many', '-t', 'image'));
    expect(await build()).toEqual(['api:image', 'job:image']);
    const before = snapshot(workspace.path('dist'));
    workspace.remove('dist');

    expect(await build()).toEqual([]);

    expect(snapshot(workspace.path('dist'))).toEqual(before);
    expect(readSingleImage(workspace.path('dist/images/api')).platform).toBe('linux/amd64');
    const image = await loadLayout(containerdStore, workspace.path('dist/images/job'));
    expect((await runContainer(containerdStore, image, [])).stdout).toBe('done\n');
  });

  it('holds the images to their budgets', async () => {
    workspace.write('image-budgets.json', '{ "projects": { "job": "1 kB" } }\n');

    const finished = await workspace.nx(['run-many', '-t', 'image-size']);

    expect(finished.exitCode).toBe(1);
    expect(finished.output).toContain('image-budgets.json:1');
    expect(tasksRun(finished.output)).toEqual(['api:image-size', 'job:image-size']);
    workspace.remove('image-budgets.json');
  });

  if (node !== undefined) return;

  it('builds and measures what a change reaches, and nothing else', async () => {
    workspace.edit('libs/greet/greet.go', '// World greets.', '// World greets everyone.');
    const affected = await nx('affected', '-t', 'image-size', '--files=libs/greet/greet.go');
    expect(tasksRun(affected)).toEqual(['api:image', 'api:image-size']);

    const projects = await nx('show', 'projects', '--affected', '--files=apps/job/main.go');
    expect(projects.trim().split('\n')).toEqual(['job']);
  });

  it('names files that no longer fit, and renews them', async () => {
    workspace.edit(
      'apps/job/main.go',
      'import "fmt"',
      'import (\n\t"fmt"\n\n\t"example.com/versions/greet"\n)',
    );
    workspace.edit('apps/job/main.go', '"done"', 'greet.World()');
    const output = await refused(workspace, ['sync:check']);
    expect(output).toContain('apps/job/Dockerfile');
    expect(output).not.toContain('apps/api/Dockerfile');

    await nx('sync');

    await nx('sync:check');
    expect(workspace.read('apps/job/Dockerfile.dockerignore')).toContain('!libs/greet/*.go');
  });

  it('runs an app while it is worked on', async () => {
    const port = await freePort();
    const dev = workspace.startNx(['run', 'api:dev', `--port=${port}`], { timeoutMs: 5 * 60_000 });
    const answer = async () => (await fetch(`http://127.0.0.1:${port}/`)).text();
    try {
      await dev.printed(/api is ready/, 4 * 60_000);
      expect(await answer()).toBe('hello');

      workspace.edit('libs/greet/greet.go', '"hello"', '"good morning"');

      await eventually(async () => expect(await answer()).toBe('good morning'), 60_000);
    } finally {
      await interrupt(dev);
    }
    await eventually(async () => expect(await containersOf(workspace)).toEqual(''), 30_000);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Ctrl-C. Where the program has ended by itself, what was expected of it says so. */
async function interrupt(program: Running): Promise<void> {
  try {
    program.signalGroup('SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  await program.finished;
}

/** The containers that compose runs for a workspace. */
function containersOf(workspace: Workspace): Promise<string> {
  const label = `label=com.docker.compose.project.working_dir=${workspace.root}`;
  return dockerSucceeds(containerdStore, ['ps', '--all', '--quiet', '--filter', label]);
}
