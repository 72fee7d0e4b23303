import { mkdirSync } from 'node:fs';
import { goEnvironment } from '../workspace/environment';
import { succeed } from '../workspace/program';
import { mustSucceed, setUp } from '../workspace/set-up';
import { createWorkspace, type Workspace } from '../workspace/workspace';

/** Modules of one repository, as the Go module proxy serves them: without those that are nested in them. */
export interface PublicModules {
  readonly version: string;
  /** Module paths by the folder that each has in the repository. */
  readonly modules: Readonly<Record<string, string>>;
  /** What a user takes out first: a Dockerfile of another tool, lists of files that the proxy leaves out. */
  readonly without?: readonly string[];
  /** Folders of the apps to set up; all where it is not given. */
  readonly apps?: readonly string[];
  /** For `nx g go-docker:setup`. */
  readonly setupArgs?: readonly string[];
}

/** A workspace that holds a public repository, set up as a user would. */
export async function publicWorkspace(
  { version, modules, without = [], apps, setupArgs = [] }: PublicModules,
  nxVersion: string,
): Promise<Workspace> {
  const workspace = await createWorkspace({ nxVersion });
  const ignored = workspace.read('.gitignore');
  for (const [dir, module] of Object.entries(modules)) await place(workspace, dir, `${module}@${version}`);
  for (const path of without) workspace.remove(path);
  const own = workspace.read('.gitignore');
  if (own !== ignored) workspace.write('.gitignore', `${own}\n${ignored}`);
  if (apps === undefined) await setUp(workspace, setupArgs);
  else {
    for (const app of apps.slice(1))
      await mustSucceed(workspace, ['g', 'go-docker:setup', app, ...setupArgs]);
    await setUp(workspace, [...apps.slice(0, 1), ...setupArgs]);
  }
  return workspace;
}

/** Puts a module in its place. Copies can be written, unlike the files of the module cache. */
async function place(workspace: Workspace, dir: string, moduleVersion: string): Promise<void> {
  const answer = await succeed('go', ['mod', 'download', '-json', moduleVersion], {
    cwd: workspace.temporary,
    env: goEnvironment(),
  });
  const { Dir } = JSON.parse(answer) as { Dir: string };
  mkdirSync(workspace.path(dir), { recursive: true });
  await succeed('cp', ['-R', `${Dir}/.`, workspace.path(dir)]);
  await succeed('chmod', ['-R', 'u+w', workspace.path(dir)]);
}
