import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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
  /** Whether it has to be looked at again: it reaches the image, or a file that decides which module versions there are. */
  readonly concerns: boolean | undefined;
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
 * @param perClass How many changes of one sort to make, spread over all that there are; every one where it is not given.
 */
export async function oracleReport(workspace: Workspace, perClass = Infinity): Promise<Observation[]> {
  const files = (await succeed('git', ['ls-files', '-z'], { cwd: workspace.root }))
    .split('\0')
    .filter(Boolean);
  const nx = await startNxSide(workspace);
  try {
    const { images: tasks, projects } = await nx.ask([]);
    const apps = await appsOf(workspace, tasks);
    const scene: Scene = { apps, projects };
    const observations: Observation[] = [];
    for (const mutation of sample(mutations(workspace, files), scene, perClass)) {
      const undo = apply(workspace, mutation);
      try {
        const { images } = await nx.ask(Object.keys(mutation.changes));
        for (const app of apps) observations.push(await observe(workspace, app, scene, mutation, images));
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

interface Scene {
  readonly apps: readonly App[];
  /** Folders of all projects. */
  readonly projects: readonly string[];
}

/** The same ones each time. */
function sample(all: readonly Mutation[], scene: Scene, perClass: number): readonly Mutation[] {
  const sorts = new Map<string, Mutation[]>();
  for (const mutation of all) {
    const sort = scene.apps.map((app) => `${mutation.kind} ${classOf(mutation, app, scene)}`).join('\n');
    sorts.set(sort, [...(sorts.get(sort) ?? []), mutation]);
  }
  return [...sorts.values()].flatMap((each) => {
    const step = Math.max(1, each.length / perClass);
    return each.filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step));
  });
}

const classOf = ({ file }: Mutation, { task, go }: App, { apps, projects }: Scene): string =>
  fileClass(file, { own: task.root, apps: apps.map((each) => each.task.root), projects, linked: go.folders });

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
  scene: Scene,
  mutation: Mutation,
  images: readonly ImageTask[],
): Promise<Observation> {
  const now = images.find(({ project }) => project === app.task.project);
  const isReached = await reaches(workspace, app, mutation);
  return {
    project: app.task.project,
    kind: mutation.kind,
    file: mutation.file,
    fileClass: classOf(mutation, app, scene),
    reaches: isReached,
    concerns: concerns(app, mutation, isReached),
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
  if (kind === 'edit' && !MODULE_FILE.test(file)) return isPart;
  if (!mayMatterToGo(file, app)) return false;
  const after = await askGo(workspace, app.recipe);
  // Go says nothing of a program that it does not build, except that it was another one before.
  if (after === undefined) return isPart || undefined;
  return after.fingerprint !== app.go.fingerprint;
}

/** What Go says of a module's files is only known once it is asked, except that some change nothing as they are. */
function concerns({ go }: App, { changes }: Mutation, isReached: boolean | undefined): boolean | undefined {
  const files = Object.keys(changes);
  if (isReached || files.some((file) => go.moduleFiles.has(file))) return true;
  return files.some((file) => go.moreModuleFiles.has(file)) ? undefined : isReached;
}

const MODULE_FILE = /(^|\/)(go\.(mod|sum|work|work\.sum)|vendor\/modules\.txt)$/;

/** What the image is made of and Go does not know. */
function isOfImage(file: string, { task, recipe }: App): boolean {
  return (
    [task.dockerfile, `${task.dockerfile}.dockerignore`].includes(file) ||
    recipe.assets.some((asset) => file === asset || file.startsWith(`${asset}/`))
  );
}

/** Go takes files from the folders of packages and, by `go:embed`, from what lies below. Asking it for all others takes long. */
function mayMatterToGo(file: string, { go }: App): boolean {
  return MODULE_FILE.test(file) || [...go.folders].some((dir) => dir === '.' || file.startsWith(`${dir}/`));
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
