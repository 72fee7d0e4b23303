import {
  containerdStore,
  dockerSucceeds,
  keepTrack,
  removeDockerThings,
  requireDocker,
  startContainer,
  uniqueName,
} from './docker/docker';
import { connectDelve } from './docker/delve';
import { readSingleImage } from './images/layout';
import { neutralEnvironment } from './workspace/environment';
import { run } from './workspace/program';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

/** `docker build --target`, to the end; the image has a name where one is given. */
function buildStage(workspace: Workspace, project: string, stage: string, image?: string) {
  const tag = image === undefined ? [] : ['--tag', keepTrack(containerdStore, image)];
  const output = image === undefined ? ['--output=type=cacheonly'] : [];
  const args = ['build', '--progress=plain', '--target', stage, '--file', `${project}/Dockerfile`];
  return run('docker', [...args, ...tag, ...output, '.'], {
    cwd: workspace.root,
    env: neutralEnvironment(),
    timeoutMs: 8 * 60_000,
  });
}

/** Makes tests new to BuildKit, which would otherwise have nothing to run, and nothing to print. */
function touchTests(workspace: Workspace, files: readonly string[]): void {
  for (const file of files) workspace.write(file, `// ${uniqueName('test')}\n${workspace.read(file)}`);
}

/** The packages whose tests ran, from what `go test` prints. */
function testedPackages(output: string): string[] {
  return [...output.matchAll(/^#\d+ [\d.]+ (?:ok|FAIL|---|\?) +\t?(example\.com\S+)/gm)]
    .map(([, path = '']) => path)
    .sort();
}

describe('the stages test, debug and dev', () => {
  let workspace: Workspace;
  let digest: string;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/stages/work' });
    await mustSucceed(workspace, ['run', 'api:image']);
    digest = readSingleImage(workspace.path('dist/images/api')).digest;
    workspace.edit('apps/api/Dockerfile', '# go-docker:end builder\n', '# go-docker:end builder\nRUN true\n');
    await workspace.commit();
    await mustSucceed(workspace, ['g', 'go-docker:setup', 'api', '--stages=debug,test']);
  });
  afterAll(async () => {
    await removeDockerThings();
    removeWorkspaces();
  });

  it('are added where they are asked for, below the lines of their user, and once', async () => {
    const names = [...workspace.read('apps/api/Dockerfile').matchAll(/^FROM .* AS (\w+)$/gm)];
    expect(names.map(([, name]) => name)).toEqual([
      'base',
      'deps',
      'builder',
      'test',
      'debug',
      'dev',
      'runner',
    ]);
    expect(workspace.read('apps/api/Dockerfile')).toContain(
      '# go-docker:end builder\nRUN true\n\n# go-docker:begin test\n',
    );
    await workspace.commit();

    await mustSucceed(workspace, ['g', 'go-docker:setup', 'api', '--stages=debug,test']);
    await mustSucceed(workspace, ['g', 'go-docker:setup', 'api']);
    expect(await workspace.changes()).toEqual([]);
  });

  it('leave the image as it was', async () => {
    await mustSucceed(workspace, ['run', 'api:image']);
    expect(readSingleImage(workspace.path('dist/images/api')).digest).toBe(digest);
  });

  describe('test', () => {
    it('runs the tests of the build closure, with what they need, and no others', async () => {
      touchTests(workspace, ['libs/greet/greet_test.go']);
      const finished = await buildStage(workspace, 'apps/api', 'test');

      expect(finished.exitCode).toBe(0);
      expect(testedPackages(finished.output)).toEqual(['example.com/stages/api', 'example.com/stages/greet']);
    });

    it('fails with the lines of Go where a test does, and the image is none the wiser', async () => {
      workspace.write('apps/api/testdata/greeting.txt', 'Good evening, Ada!\n');
      workspace.edit('libs/greet/greet_test.go', '"embed"\n', '"embed"\n\t_ "fmt"\n');
      const finished = await buildStage(workspace, 'apps/api', 'test');

      expect(finished.exitCode).not.toBe(0);
      expect(finished.output).toMatch(/main_test\.go:26: got "Hello, Ada!\\n", want "Good evening, Ada!\\n"/);
      expect(finished.output).toContain('--- FAIL: TestServesWhatTheFileSays');
      expect(tasksRun(await mustSucceed(workspace, ['run', 'api:image']))).toEqual([]);
      await mustSucceed(workspace, ['run', 'api:image', '--skip-nx-cache']);
      expect(readSingleImage(workspace.path('dist/images/api')).digest).toBe(digest);
    });

    it('runs in modules that stand alone, also with a vendor folder', async () => {
      const alone = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/stages/alone' }, ['--stages=test']);

      touchTests(alone, ['services/agent/main_test.go', 'services/vendored/main_test.go']);

      // The tests of wire/strict need a module that agent does not have.
      const agent = await buildStage(alone, 'services/agent', 'test');
      expect(testedPackages(agent.output)).toEqual(['example.com/stages/agent', 'example.com/stages/wire']);
      expect(agent.exitCode).toBe(0);
      const vendored = await buildStage(alone, 'services/vendored', 'test');
      expect(testedPackages(vendored.output)).toEqual(['example.com/stages/vendored']);
      expect(vendored.exitCode).toBe(0);
    });
  });

  describe('debug', () => {
    it('lets a debugger stop at a breakpoint, without root and with no capability of its own', async () => {
      const image = uniqueName('debug');
      expect(await buildStage(workspace, 'apps/api', 'debug', image)).toMatchObject({ exitCode: 0 });
      const flags = ['--user=65532:65532', '--cap-drop=ALL', '--env=PORT=8080'];
      const ports = ['--publish=127.0.0.1:0:2345', '--publish=127.0.0.1:0:8080'];
      const container = startContainer(containerdStore, image, [], [...flags, ...ports]);
      await container.program.printed(/api: listening/);
      const port = async (inside: number) =>
        Number(
          (await dockerSucceeds(containerdStore, ['port', container.name, `${inside}`])).split(':').at(-1),
        );

      const delve = await connectDelve(await port(2345));
      try {
        await delve.call('Command', { name: 'halt' });
        const at = { file: '/src/libs/greet/greet.go', line: 7 };
        await delve.call('CreateBreakpoint', { Breakpoint: at });
        const stopped = delve.call<Stopped>('Command', { name: 'continue' });
        const answer = fetch(`http://127.0.0.1:${await port(8080)}/greet?name=Ada`).then((got) => got.text());
        const { State } = await stopped;
        expect(State.currentThread).toMatchObject({
          ...at,
          function: { name: 'example.com/stages/greet.Line' },
        });

        const scope = { GoroutineID: State.currentThread.goroutineID, Frame: 0 };
        const value = await delve.call('Eval', { Scope: scope, Expr: 'name', Cfg: { MaxStringLen: 64 } });
        expect(value).toMatchObject({ Variable: { type: 'string', value: 'Ada' } });

        void delve.call('Command', { name: 'continue' }).catch(() => undefined);
        expect(await answer).toBe('Hello, Ada!\n');
      } finally {
        delve.close();
      }
      await dockerSucceeds(containerdStore, ['stop', '--time=20', container.name]);
      expect(await container.program.finished).toMatchObject({ exitCode: 0 });
    });
  });

  describe('dev', () => {
    it('has the same layers for every app', async () => {
      const layers = async (project: string) => {
        const image = uniqueName('dev');
        expect(await buildStage(workspace, project, 'dev', image)).toMatchObject({ exitCode: 0 });
        const format = '--format={{json .RootFS.Layers}}';
        return dockerSucceeds(containerdStore, ['image', 'inspect', format, image]);
      };
      expect(await layers('apps/worker')).toBe(await layers('apps/api'));
    });

    it('names the tool that cannot be had', async () => {
      workspace.edit('apps/worker/Dockerfile', /air-verse\/air@v[\d.]+/, 'air-verse/air@v1.0.999');
      const finished = await buildStage(workspace, 'apps/worker', 'dev');

      expect(finished.exitCode).not.toBe(0);
      expect(finished.output).toContain('go: github.com/air-verse/air@v1.0.999: ');
      expect(finished.output).toMatch(
        /\d github\.com\/air-verse\/air v\S+ cannot be installed\. Go says why above/,
      );
    });
  });
});

/** What Delve says when the program has stopped. */
interface Stopped {
  readonly State: {
    readonly currentThread: { readonly file: string; readonly line: number; readonly goroutineID: number };
  };
}
