import type { Workspace } from '../workspace/workspace';
import { askGo } from './go-side';
import type { Mutation } from './mutations';
import type { ImageTask } from './nx-side';
import { classOf, type App, type Scene } from './scene';

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

/** @param images What Nx says after the change, which is in force. */
export async function observe(
  workspace: Workspace,
  scene: Scene,
  mutation: Mutation,
  images: readonly ImageTask[],
): Promise<Observation[]> {
  const reached = await reachedImages(workspace, scene, mutation);
  return scene.apps.map((app) => {
    const now = images.find(({ project }) => project === app.task.project);
    const isReached = reached.get(app);
    return {
      project: app.task.project,
      kind: mutation.kind,
      file: mutation.file,
      fileClass: classOf(mutation.file, app, scene),
      reaches: isReached,
      concerns: concerns(app, mutation, isReached),
      hashChanges: now?.hash !== app.task.hash,
      isAffected: now?.isAffected,
    };
  });
}

async function reachedImages(
  workspace: Workspace,
  { apps }: Scene,
  { kind, file }: Mutation,
): Promise<ReadonlyMap<App, boolean | undefined>> {
  const reached = new Map<App, boolean | undefined>();
  const open: App[] = [];
  for (const app of apps) {
    if (isOfImage(file, app)) reached.set(app, true);
    else if (kind === 'edit' && !MODULE_FILE.test(file)) reached.set(app, app.go.files.has(file));
    else if (!mayMatterToGo(file, app)) reached.set(app, false);
    else open.push(app);
  }
  const answers = await askGo(
    workspace,
    open.map(({ recipe }) => recipe),
  );
  for (const [index, app] of open.entries()) {
    const after = answers[index];
    // Go says nothing of a program that it does not build, except that it was another one before.
    const unbuilt = app.go.files.has(file) || undefined;
    reached.set(app, after ? after.fingerprint !== app.go.fingerprint : unbuilt);
  }
  return reached;
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
