import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import {
  containerdStore,
  loadLayout,
  removeDockerThings,
  requireDocker,
  runContainer,
} from './docker/docker';
import { startModuleSource, type ModuleSource } from './docker/module-source';
import { filesBelow, leaksOf } from './images/leaks';
import { goEnvironment } from './workspace/environment';
import { succeed } from './workspace/program';
import { refused } from './workspace/refusal';
import { mustSucceed } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

const USER = 'robot';
const PASSWORD = `pa+ss/w?rd&${randomBytes(9).toString('hex')}`;
/** Nobody else has modules of this name: BuildKit has not seen them. */
const ORGANISATION = `acme-${randomBytes(4).toString('hex')}`;

describe('private modules', () => {
  let source: ModuleSource;
  let workspace: Workspace;
  /** What a machine has that may read the modules; HOME names it. */
  let home: string;

  beforeAll(async () => {
    await requireDocker(containerdStore);
    source = await startModuleSource(USER, PASSWORD);
    for (const name of ['greeting', 'farewell.git']) {
      await source.publish(`${ORGANISATION}/${name}`, {
        'go.mod': `module ${source.host}/${ORGANISATION}/${name}\n\ngo 1.26.0\n`,
        'text.go': `package ${name.replace('.git', '')}\n\nconst Text = "the ${name} is private"\n`,
      });
    }
    home = homeWith({ password: PASSWORD, knownHosts: source.knownHosts, authority: source.authority });
    workspace = await createWorkspace({ files: apps(source.host) });
    for (const app of ['hello', 'bye']) await tidy(workspace.path('apps', app), home);
    await mustSucceed(workspace, ['g', 'go-docker:init']);
    const host = `${source.host}/${ORGANISATION}`;
    await mustSucceed(workspace, [...setup('hello'), `--private=${host}/*`, '--auth=netrc', '--ca']);
    await mustSucceed(workspace, [...setup('bye'), `--private=${host}`, '--auth=ssh', '--depsCache=mount']);
    // The first build makes the folder, be it refused or not.
    workspace.write('dist/images/other', '');
    await workspace.commit();
  });
  afterAll(async () => {
    await source?.stop();
    await removeDockerThings();
    removeWorkspaces();
    for (const folder of homes.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  const homeWith = (known: Omit<Known, 'host'>) => newHome({ ...known, host: source.host });
  const setup = (app: string) => ['g', 'go-docker:setup', app, '--runner=scratch', '--dev=false'];
  const machine = (of = home) => ({
    HOME: of,
    GO_DOCKER_CA: join(of, 'ca.pem'),
    SSH_AUTH_SOCK: source.agentSocket,
    NETRC: '',
    // Else it follows HOME.
    NX_CACHE_DIRECTORY: workspace.path('.nx/cache'),
  });
  const netrcOf = (password: string) => `machine ${source.host} login ${USER} password ${password}\n`;
  const says = async (app: string) => {
    const image = await loadLayout(containerdStore, workspace.path('dist/images', app));
    return (await runContainer(containerdStore, image, [])).stdout;
  };

  // Before anything is built: BuildKit does not ask again for what it has.
  describe('are refused, with what to look at,', () => {
    it('where nothing that fetches them is here: before the build, all at once', async () => {
      const nobody = homeWith({});
      const env = {
        ...machine(nobody),
        GO_DOCKER_CA: '',
        SSL_CERT_FILE: '',
        NODE_EXTRA_CA_CERTS: '',
        SSH_AUTH_SOCK: '',
      };

      const hello = await refused(workspace, ['run', 'hello:image'], env);
      expect(hello).toContain(
        'apps/hello/Dockerfile: hello has private modules, and what fetches them is not here',
      );
      expect(hello).toContain(`  netrc: there is no ${join(nobody, '.netrc')}, or it may not be read`);
      expect(hello).toContain('or --secrets=id=netrc,src=<file>');
      expect(hello).toContain('  ca: none of GO_DOCKER_CA, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS is set');
      expect(hello).not.toContain('#1 ');

      const bye = await refused(workspace, ['run', 'bye:image'], env);
      expect(bye).toContain('  ssh: SSH_AUTH_SOCK names no agent');
      expect(bye).toContain(`  known_hosts: there is no ${join(nobody, '.ssh', 'known_hosts')}`);
    });

    it('where the password is wrong', async () => {
      const wrong = homeWith({ password: 'forgotten', authority: source.authority });
      const output = await refused(workspace, ['run', 'hello:image'], machine(wrong));
      expect(output).toContain(`${source.host}/${ORGANISATION}/`);
      expect(output).toMatch(/hello was not built: \S+@v1\.0\.0 could not be fetched/);
      expect(output).toContain(`"machine ${source.host}" of ${join(wrong, '.netrc')}`);
      expect(output).not.toContain('forgotten');
    });

    it('where another authority signed the host’s certificate', async () => {
      const wrong = homeWith({ password: PASSWORD, authority: rootCertificates[0] });
      const output = await refused(workspace, ['run', 'hello:image'], machine(wrong));
      expect(output).toMatch(/hello was not built: \S+@v1\.0\.0 could not be fetched/);
      expect(output).toContain(join(wrong, 'ca.pem'));
    });

    it('where ssh meets a host that it does not know', async () => {
      const wrong = homeWith({ knownHosts: source.knownHosts.replace(source.host, 'git.example.com') });
      const output = await refused(workspace, ['run', 'bye:image'], machine(wrong));
      expect(output).toMatch(/bye was not built: \S+farewell\.git@v1\.0\.0 could not be fetched/);
      expect(output).toContain(`the line of ${source.host} in ${join(wrong, '.ssh', 'known_hosts')}`);
    });
  });

  it('come by netrc from a host with an authority of its own, and public ones as ever, without a trace', async () => {
    setOptions(workspace, 'hello', { cacheTo: ['type=local,dest=dist/build-cache,mode=max'] });
    const output = await mustSucceed(workspace, ['run', 'hello:image'], machine());

    expect(await says('hello')).toBe('the greeting is private, the farewell.git is private, 36\n');
    const folders = ['dist', '.nx', 'apps'].map((folder) => workspace.path(folder));
    // The deps stage is in the exported cache: its layer holds the modules.
    expect(leaksOf('the farewell.git is private', folders, {})).not.toEqual([]);
    expect(leaksOf(PASSWORD, folders, { output })).toEqual([]);
    for (const folder of folders) expect(filesBelow(folder).length).toBeGreaterThan(1);
  });

  it('come by ssh, with modules in a cache mount and no secret but the agent', async () => {
    const output = await mustSucceed(workspace, ['run', 'bye:image'], { ...machine(), GO_DOCKER_CA: '' });

    expect(await says('bye')).toBe('the farewell.git is private\n');
    const [, ...key] = source.privateKey.trim().split('\n').slice(0, -1);
    const folders = [workspace.path('dist'), workspace.path('.nx')];
    for (const line of key) expect(leaksOf(line, folders, { output })).toEqual([]);
  });

  it('are no part of Nx’s cache key with their credentials, wherever these come from', async () => {
    const args = ['run', 'hello:image', '--secrets=id=netrc,env=NETRC_TEXT'];
    const env = { ...machine(homeWith({ authority: source.authority })), NETRC_TEXT: netrcOf(PASSWORD) };
    expect(tasksRun(await mustSucceed(workspace, args, env))).toEqual(['hello:image']);
    expect(
      tasksRun(await mustSucceed(workspace, args, { ...env, NETRC_TEXT: '#', GO_DOCKER_CA: '' })),
    ).toEqual([]);
  });

  it('would be seen to leak, if they did', async () => {
    const before = workspace.read('apps/hello/Dockerfile');
    const mount = 'RUN --mount=type=secret,id=netrc,target=/netrc';
    workspace.edit(
      'apps/hello/Dockerfile',
      /^FROM deps AS builder$/m,
      [
        'FROM deps AS builder',
        `${mount} tr -d '\\n' < /netrc | base64 -w0 > /leaked`,
        `${mount} mkdir -p /out/.rootfs && cat /netrc | tee /out/.rootfs/leaked`,
      ].join('\n'),
    );
    // As CI has it: in a variable.
    const env = { ...machine(homeWith({ authority: source.authority })), NETRC_TEXT: netrcOf(PASSWORD) };
    const output = await mustSucceed(
      workspace,
      ['run', 'hello:image', '--secrets=id=netrc,env=NETRC_TEXT'],
      env,
    );
    workspace.write('apps/hello/Dockerfile', before);

    const leaks = leaksOf(PASSWORD, [workspace.path('dist'), workspace.path('.nx')], { output });
    expect(leaks).toEqual(
      expect.arrayContaining([expect.stringContaining('dist/images/hello/oci/blobs'), 'output']),
    );
    // One layer holds it as it is, another one in base64.
    expect(leaks.filter((path) => path.includes('dist/build-cache/blobs')).length).toBeGreaterThan(1);
    expect(leaks.filter((path) => path.includes('/.nx/'))).not.toEqual([]);
  });
});

function apps(host: string): Record<string, string> {
  const modules = (names: readonly string[]) =>
    names.map((name) => `require ${host}/${ORGANISATION}/${name} v1.0.0\n`).join('');
  const goMod = (name: string, requirements: string) =>
    `module example.com/${name}\n\ngo 1.26.0\n\ntoolchain go1.26.8\n\n${requirements}`;
  return {
    'apps/hello/go.mod': goMod(
      'hello',
      `${modules(['greeting', 'farewell.git'])}require github.com/google/uuid v1.4.0\n`,
    ),
    'apps/hello/main.go': [
      'package main',
      '',
      'import (',
      '\t"fmt"',
      '',
      '\t"github.com/google/uuid"',
      `\t"${host}/${ORGANISATION}/greeting"`,
      `\tfarewell "${host}/${ORGANISATION}/farewell.git"`,
      ')',
      '',
      'func main() {',
      '\tfmt.Printf("%s, %s, %d\\n", greeting.Text, farewell.Text, len(uuid.NewString()))',
      '}',
      '',
    ].join('\n'),
    'apps/bye/go.mod': goMod('bye', modules(['farewell.git'])),
    'apps/bye/main.go': [
      'package main',
      '',
      'import (',
      '\t"fmt"',
      '',
      `\tfarewell "${host}/${ORGANISATION}/farewell.git"`,
      ')',
      '',
      'func main() {',
      '\tfmt.Println(farewell.Text)',
      '}',
      '',
    ].join('\n'),
  };
}

const homes: string[] = [];

interface Known {
  readonly host: string;
  readonly password?: string;
  readonly knownHosts?: string;
  readonly authority?: string;
}

/** A home folder with what is known there. */
function newHome({ host, password, knownHosts, authority }: Known): string {
  const home = mkdtempSync(join(tmpdir(), 'gd-home-'));
  homes.push(home);
  mkdirSync(join(home, '.ssh'));
  const files = {
    '.netrc': password && `machine ${host} login ${USER} password ${password}\n`,
    '.ssh/known_hosts': knownHosts && `${knownHosts}\n`,
    'ca.pem': authority,
  };
  for (const [name, text] of Object.entries(files))
    if (text) writeFileSync(join(home, name), text, { mode: 0o600 });
  return home;
}

/** go.mod and go.sum as a developer's own Go writes them. */
async function tidy(directory: string, home: string): Promise<void> {
  const authorities = join(home, 'authorities.pem');
  const { SSL_CERT_FILE: own = '/etc/ssl/certs/ca-certificates.crt' } = process.env;
  writeFileSync(authorities, readFileSync(own, 'utf8') + readFileSync(join(home, 'ca.pem'), 'utf8'));
  const trust = { SSL_CERT_FILE: authorities, GIT_SSL_CAINFO: authorities };
  const go = {
    ...goEnvironment(),
    GOFLAGS: '-modcacherw',
    GOPATH: join(home, 'go'),
    GOPRIVATE: `*/${ORGANISATION}`,
  };
  await succeed('go', ['mod', 'tidy'], {
    cwd: directory,
    env: { ...go, ...trust, HOME: home, GOWORK: 'off' },
  });
}

function setOptions(workspace: Workspace, app: string, options: object): void {
  const file = `apps/${app}/project.json`;
  const project = JSON.parse(workspace.read(file)) as Record<string, unknown>;
  workspace.write(file, JSON.stringify({ ...project, targets: { image: { options } } }));
}
