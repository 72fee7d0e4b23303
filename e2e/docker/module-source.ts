import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goEnvironment, neutralEnvironment, repository } from '../workspace/environment';
import { start, succeed } from '../workspace/program';
import { eventually } from '../workspace/processes';
import { containerdStore, dockerSucceeds, uniqueName } from './docker';

/** A host of private modules: HTTPS with a certificate of its own authority and basic authentication, and SSH. */
export interface ModuleSource {
  /** The address that containers reach it at, and the first element of its modules' paths. */
  readonly host: string;
  /** Certificate of the authority that signed the host's, as PEM. No one trusts it. */
  readonly authority: string;
  /** The host's line of a known_hosts file. */
  readonly knownHosts: string;
  readonly user: string;
  readonly password: string;
  /** The key that the host lets in, which the agent at `agentSocket` holds. */
  readonly privateKey: string;
  readonly agentSocket: string;
  /** Publishes v1.0.0 of a module with the files; its path is `<host>/<name>`. */
  publish(name: string, files: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** The image that the fixtures are built with: it has Git. */
const GOLANG = 'golang:1.26.8';

/** Starts a source of modules in a container, and an ssh agent beside it. */
export async function startModuleSource(user: string, password: string): Promise<ModuleSource> {
  const directory = mkdtempSync(join(tmpdir(), 'gd-modules-'));
  const program = join(directory, 'module-source');
  const repositories = join(directory, 'repositories');
  mkdirSync(repositories);
  await succeed('go', ['build', '-o', program, '.'], {
    cwd: join(repository, 'e2e', 'fixtures', 'module-source'),
    env: { ...goEnvironment(), CGO_ENABLED: '0' },
  });
  const agentSocket = join(directory, 'agent');
  const agent = start(program, ['agent', agentSocket], { env: goEnvironment(), timeoutMs: 20 * 60_000 });
  await agent.printed(/\n/);
  const { publicKey, privateKey } = JSON.parse(agent.output()) as Record<'publicKey' | 'privateKey', string>;

  const container = uniqueName('modules');
  await dockerSucceeds(containerdStore, [
    ...['run', '--detach', '--rm', `--name=${container}`],
    ...[`${program}:/module-source:ro`, `${repositories}:/repositories:ro`].map((each) => `--volume=${each}`),
    ...[`SOURCE_USER=${user}`, `SOURCE_PASSWORD=${password}`, `SOURCE_KEY=${publicKey}`].map(
      (each) => `--env=${each}`,
    ),
    GOLANG,
    '/module-source',
  ]);
  const facts = await factsOf(container);
  return {
    ...facts,
    user,
    password,
    privateKey,
    agentSocket,
    publish: (name, files) => publish(directory, join(repositories, name), files),
    async stop() {
      await dockerSucceeds(containerdStore, ['rm', '--force', container]);
      agent.signal('SIGTERM');
      await agent.finished;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** What the source prints once it serves. */
async function factsOf(container: string): Promise<Pick<ModuleSource, 'host' | 'authority' | 'knownHosts'>> {
  let printed = '';
  await eventually(async () => {
    printed = await dockerSucceeds(containerdStore, ['logs', container]);
    if (!printed.includes('\n')) throw new Error(`the source of modules says nothing yet: ${printed}`);
  }, 60_000);
  return JSON.parse(printed) as Pick<ModuleSource, 'host' | 'authority' | 'knownHosts'>;
}

async function publish(directory: string, bare: string, files: Readonly<Record<string, string>>) {
  const work = mkdtempSync(join(directory, 'work-'));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(work, path), text);
  const git = (...args: string[]) =>
    succeed(
      'git',
      ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: work,
        env: neutralEnvironment(),
      },
    );
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=state');
  await git('-c', 'tag.gpgsign=false', 'tag', 'v1.0.0');
  await git('clone', '--quiet', '--bare', work, bare);
}
