import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { succeed } from '../workspace/program';
import type { Workspace } from '../workspace/workspace';
import { fileClass } from './file-class';
import { askGo, type GoAnswer } from './go-side';
import { mutations, type Mutation } from './mutations';
import { startNxSide, type ImageTask } from './nx-side';
import { readRecipe, type Recipe } from './recipe';

/** What all sides say of one change and one app. */
export interface Observation {
  readonly project: string;
  readonly kind: Mutation['kind'];
  readonly file: string;
  readonly fileClass: string;
  /** Whether the change reaches the image; undefined where Go cannot tell, because it refuses to build afterwards. */
  readonly reaches: boolean | undefined;
  readonly hashChanges: boolean;
  /** Undefined where the app is no more. */
  readonly isAffected: boolean | undefined;
}

interface App {
  readonly task: ImageTask;
  readonly recipe: Recipe;
  readonly go: GoAnswer;
}

/**
 * Makes every change of a workspace that is set up, one at a time, and asks Go, Nx's hasher and `nx affected` whether it reaches
 * each app's image. The workspace is afterwards what it was.
 *
 * @param chosen The changes to make; all of them where it is not given.
 */
export async function oracleReport(
  workspace: Workspace,
  chosen: (mutation: Mutation) => boolean = () => true,
): Promise<Observation[]> {
  const files = (await succeed('git', ['ls-files', '-z'], { cwd: workspace.root }))
    .split('\0')
    .filter(Boolean);
  const nx = await startNxSide(workspace);
  try {
    const apps = await appsOf(workspace, (await nx.ask([])).images);
    const observations: Observation[] = [];
    for (const mutation of mutations(workspace, files).filter(chosen)) {
      const undo = apply(workspace, mutation);
      try {
        const { images } = await nx.ask(Object.keys(mutation.changes));
        for (const app of apps) observations.push(await observe(workspace, app, apps, mutation, images));
      } finally {
        undo();
      }
    }
    expectUnchanged(apps, (await nx.ask([])).images);
    return observations;
  } finally {
    nx.end();
  }
}

async function appsOf(workspace: Workspace, tasks: readonly ImageTask[]): Promise<App[]> {
  const apps: App[] = [];
  for (const task of tasks) {
    const recipe = readRecipe(workspace, task.dockerfile);
    const go = await askGo(workspace, recipe);
    if (go === undefined) throw new Error(`Go does not build ${recipe.packageDir} as it is`);
    apps.push({ task, recipe, go });
  }
  return apps;
}

async function observe(
  workspace: Workspace,
  app: App,
  apps: readonly App[],
  mutation: Mutation,
  images: readonly ImageTask[],
): Promise<Observation> {
  const now = images.find(({ project }) => project === app.task.project);
  const tasks = apps.map(({ task }) => task);
  return {
    project: app.task.project,
    kind: mutation.kind,
    file: mutation.file,
    fileClass: fileClass(mutation.file, app.task, tasks),
    reaches: await reaches(workspace, app, mutation),
    hashChanges: now?.hash !== app.task.hash,
    isAffected: now?.isAffected,
  };
}

async function reaches(
  workspace: Workspace,
  app: App,
  { kind, file }: Mutation,
): Promise<boolean | undefined> {
  if (isOfImage(file, app)) return true;
  const isPart = app.go.files.has(file);
  if (kind === 'edit') return isPart;
  if (!mayMatterToGo(file, app)) return false;
  const after = await askGo(workspace, app.recipe);
  // Go says nothing of a program that it does not build, except that it was another one before.
  if (after === undefined) return isPart || undefined;
  if (after.fingerprint !== app.go.fingerprint) return true;
  return MODULE_FILE.test(file) ? undefined : false;
}

const MODULE_FILE = /(^|\/)go\.(mod|sum|work|work\.sum)$/;

/** What the image is made of and Go does not know, or knows without naming it: files of the modules it was told to read. */
function isOfImage(file: string, { task, recipe, go }: App): boolean {
  return (
    [task.dockerfile, `${task.dockerfile}.dockerignore`].includes(file) ||
    recipe.assets.some((asset) => file === asset || file.startsWith(`${asset}/`)) ||
    go.moduleFiles.has(file) ||
    (!recipe.isAlone && /^go\.work(\.sum)?$/.test(file))
  );
}

/** Go takes files from the folders of packages and, by `go:embed`, from what lies below. Asking it for all others takes long. */
function mayMatterToGo(file: string, { go }: App): boolean {
  const folders = new Set([...go.files].map((each) => posix.dirname(each)));
  return MODULE_FILE.test(file) || [...folders].some((dir) => dir === '.' || file.startsWith(`${dir}/`));
}

/** Where a go.sum is gone, `go list` keeps here what it has downloaded. */
const WRITTEN_BY_GO = 'go.work.sum';

function apply(workspace: Workspace, { changes }: Mutation): () => void {
  const before = [...Object.keys(changes), WRITTEN_BY_GO].map(
    (file) => [file, contentOf(workspace, file)] as const,
  );
  for (const [file, text] of Object.entries(changes)) put(workspace, file, text);
  return () => {
    for (const [file, text] of before) put(workspace, file, text);
  };
}

const contentOf = (workspace: Workspace, file: string): Buffer | undefined =>
  workspace.exists(file) ? readFileSync(workspace.path(file)) : undefined;

function put(workspace: Workspace, file: string, content: string | Buffer | undefined): void {
  if (content === undefined) return workspace.remove(file);
  mkdirSync(dirname(workspace.path(file)), { recursive: true });
  writeFileSync(workspace.path(file), content);
}

/** A change that was seen and undone leaves the hashes as they were, or what was seen came from somewhere else. */
function expectUnchanged(apps: readonly App[], images: readonly ImageTask[]): void {
  for (const { task } of apps) {
    const now = images.find(({ project }) => project === task.project);
    if (now?.hash !== task.hash) throw new Error(`the hash of ${task.project} is not what it was at first`);
  }
}
