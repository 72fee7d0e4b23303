import { succeed } from '../workspace/program';
import type { Workspace } from '../workspace/workspace';
import { apply } from './apply';
import { mutations } from './mutations';
import { startNxSide, type ImageTask } from './nx-side';
import { observe, type Observation } from './observe';
import { sample, type Sampling } from './sample';
import { sceneOf, type App } from './scene';

/**
 * Makes every change of a workspace that is set up, one at a time, and asks Go, Nx's hasher and `nx affected` whether it reaches
 * each app's image. The workspace is afterwards what it was.
 *
 * @param sampling How many changes to make; every one where it is not given.
 */
export async function oracleReport(
  workspace: Workspace,
  sampling: Sampling = { perSort: Infinity },
): Promise<Observation[]> {
  const files = (await succeed('git', ['ls-files', '-z'], { cwd: workspace.root }))
    .split('\0')
    .filter(Boolean);
  const nx = await startNxSide(workspace);
  try {
    const scene = await sceneOf(workspace, await nx.ask([]));
    const observations: Observation[] = [];
    for (const mutation of sample(mutations(workspace, files), scene, sampling)) {
      const undo = apply(workspace, mutation);
      try {
        const { images } = await nx.ask(Object.keys(mutation.changes));
        observations.push(...(await observe(workspace, scene, mutation, images)));
      } finally {
        undo();
      }
    }
    expectUnchanged(scene.apps, (await nx.ask([])).images);
    return observations;
  } finally {
    nx.end();
  }
}

/** A change that was seen and undone leaves the hashes as they were, or what was seen came from somewhere else. */
function expectUnchanged(apps: readonly App[], images: readonly ImageTask[]): void {
  for (const { task } of apps) {
    const now = images.find(({ project }) => project === task.project);
    if (now?.hash !== task.hash) throw new Error(`the hash of ${task.project} is not what it was at first`);
  }
}
