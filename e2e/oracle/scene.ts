import type { Workspace } from '../workspace/workspace';
import { decidingFiles, type DecidingFiles } from './deciding-files';
import { fileClass } from './file-class';
import { askGo, type GoAnswer } from './go-side';
import type { ImageTask, NxAnswer } from './nx-side';
import { readRecipe, type Recipe } from './recipe';

/** An app before any change. */
export interface App {
  readonly task: ImageTask;
  readonly recipe: Recipe;
  readonly go: GoAnswer & DecidingFiles;
}

/** A workspace before any change. */
export interface Scene {
  readonly apps: readonly App[];
  /** Folders of all projects. */
  readonly projects: readonly string[];
}

export async function sceneOf(workspace: Workspace, { images, projects }: NxAnswer): Promise<Scene> {
  const recipes = images.map(({ dockerfile }) => readRecipe(workspace, dockerfile));
  const answers = await askGo(workspace, recipes);
  const apps: App[] = [];
  for (const [index, task] of images.entries()) {
    const [recipe, go] = [recipes[index], answers[index]];
    if (recipe === undefined || go === undefined) throw new Error(`Go does not build ${task.root} as it is`);
    const files = await decidingFiles(workspace, recipe, go.packages);
    apps.push({ task, recipe, go: { ...go, ...files } });
  }
  return { apps, projects };
}

/** What a file is to an app. */
export function classOf(file: string, { task, go }: App, { apps, projects }: Scene): string {
  return fileClass(file, {
    ...{ own: task.root, apps: apps.map((each) => each.task.root), projects },
    ...{ linked: go.folders, compiled: go.files },
  });
}
