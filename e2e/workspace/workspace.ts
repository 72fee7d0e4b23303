import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { neutralEnvironment, repository } from './environment';
import { run, start, succeed, type Finished, type ProgramOptions, type Running } from './program';
import { copyLinked, nodeBinary, workspaceTemplate } from './template';

export interface WorkspaceContent {
  /** A folder of the repository that is copied in, for example `examples/shop`. */
  readonly copyOf?: string;
  /** Files by path below the root; they win over copied ones. */
  readonly files?: Readonly<Record<string, string>>;
  /** Name of the workspace's folder. */
  readonly folder?: string;
  /** npm packages to have besides Nx and the packed ones, such as `@nx/workspace@23.2.1`. */
  readonly packages?: readonly string[];
  /** The Nx to have; the one that all other tests run on where it is not given. */
  readonly nxVersion?: string;
  /** Major version of the Node.js that runs Nx; that of the tests where it is not given. */
  readonly node?: number;
}

/** An Nx workspace in a temporary folder, with the packed packages installed and everything committed to git. */
export interface Workspace {
  readonly root: string;
  /** Where programs of this workspace put their temporary files. */
  readonly temporary: string;
  path(...segments: string[]): string;
  exists(path: string): boolean;
  read(path: string): string;
  write(path: string, text: string): void;
  /** Replaces a text that must be there. */
  edit(path: string, from: string | RegExp, to: string): void;
  remove(path: string): void;
  nx(args: readonly string[], options?: ProgramOptions): Promise<Finished>;
  startNx(args: readonly string[], options?: ProgramOptions): Running;
  commit(): Promise<void>;
  /** What git sees changed, added or removed since the last commit: lines of `git status --porcelain`. */
  changes(): Promise<string[]>;
}

const NX_JSON = `{
  "$schema": "./node_modules/nx/schemas/nx-schema.json",
  "analytics": false,
  "neverConnectToCloud": true
}
`;
const GITIGNORE = 'node_modules/\ndist/\n.nx/\n';

const created: string[] = [];

/** Makes a workspace; {@link removeWorkspaces} ends its life. */
export async function createWorkspace(content: WorkspaceContent = {}): Promise<Workspace> {
  const template = await workspaceTemplate(content.nxVersion, content.packages);
  const { root, temporary } = newHome(content.folder ?? 'acme');
  await copyLinked(template, root);
  for (const name of ['package.json', 'package-lock.json']) unlink(join(root, name));

  if (content.copyOf !== undefined) {
    cpSync(join(repository, content.copyOf), root, { recursive: true, filter: isSource });
  }
  const node = content.node === undefined ? process.execPath : await nodeBinary(content.node);
  const workspace = workspaceAt(root, temporary, node);
  const defaults = { 'nx.json': NX_JSON, '.gitignore': GITIGNORE };
  for (const [path, text] of Object.entries(defaults)) {
    if (!workspace.exists(path)) workspace.write(path, text);
  }
  for (const [path, text] of Object.entries(content.files ?? {})) workspace.write(path, text);
  await git(root, ['init', '--quiet', '--initial-branch=main']);
  await workspace.commit();
  return workspace;
}

/** A clone of what a workspace has committed, in a folder of another name and with an Nx cache of its own. */
export async function cloneWorkspace(workspace: Workspace, folder: string): Promise<Workspace> {
  const { root, temporary } = newHome(folder);
  await git(workspace.root, ['clone', '--quiet', workspace.root, root]);
  await copyLinked(workspace.path('node_modules'), join(root, 'node_modules'));
  return workspaceAt(root, temporary);
}

/** Removes every workspace that was made. */
export function removeWorkspaces(): void {
  for (const home of created.splice(0)) rmSync(home, { recursive: true, force: true });
}

function newHome(folder: string): { root: string; temporary: string } {
  // Short, because Nx puts sockets below the temporary folder and their paths end at 108 bytes.
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'gd-')));
  created.push(home);
  const temporary = join(home, 'tmp');
  mkdirSync(temporary);
  return { root: join(home, folder), temporary };
}

function workspaceAt(root: string, temporary: string, node = process.execPath): Workspace {
  const path = (...segments: string[]) => join(root, ...segments);
  // Nx starts further processes by the name `node`.
  const environment = neutralEnvironment();
  if (node !== process.execPath) environment.PATH = [dirname(node), environment.PATH].join(delimiter);
  const programOptions = (options: ProgramOptions = {}): ProgramOptions => ({
    cwd: root,
    timeoutMs: 10 * 60_000,
    ...options,
    env: { ...environment, TMPDIR: temporary, ...options.env },
  });
  const nx = () => path('node_modules', 'nx', nxProgram(path('node_modules', 'nx', 'package.json')));
  const workspace: Workspace = {
    root,
    temporary,
    path,
    exists: (file) => existsSync(path(file)),
    read: (file) => readFileSync(path(file), 'utf8'),
    write(file, text) {
      mkdirSync(dirname(path(file)), { recursive: true });
      writeFileSync(path(file), text);
    },
    edit(file, from, to) {
      const before = workspace.read(file);
      const after = before.replace(from, () => to);
      if (after === before) throw new Error(`${file} does not hold ${from}:\n${before}`);
      workspace.write(file, after);
    },
    remove: (file) => rmSync(path(file), { recursive: true, force: true }),
    nx: (args, options) => run(node, [nx(), ...args], programOptions(options)),
    startNx: (args, options) => start(node, [nx(), ...args], programOptions(options)),
    async commit() {
      await git(root, ['add', '--all']);
      await git(root, ['commit', '--quiet', '--allow-empty', '--message', 'state']);
    },
    async changes() {
      const status = await git(root, ['status', '--porcelain', '--untracked-files=all']);
      return status.split('\n').filter((line) => line !== '');
    },
  };
  return workspace;
}

/** Where the program of Nx lies differs from one version to the next; its package.json says it. */
function nxProgram(packageJson: string): string {
  const { bin } = JSON.parse(readFileSync(packageJson, 'utf8')) as { bin: { nx: string } };
  return bin.nx;
}

/** Gives a hard-linked file bytes of its own: the template must not change with it. */
function unlink(file: string): void {
  const text = readFileSync(file);
  rmSync(file);
  writeFileSync(file, text);
}

function isSource(path: string): boolean {
  return !/(^|\/)(node_modules|dist|\.nx|\.git)$/.test(path.slice(repository.length));
}

function git(root: string, args: readonly string[]): Promise<string> {
  const identity = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  return succeed('git', [...identity, ...args], { cwd: root, env: neutralEnvironment() });
}
