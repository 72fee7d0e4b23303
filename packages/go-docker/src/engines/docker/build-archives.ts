import { join } from 'node:path';
import { commandFailed } from './docker';
import { diskFull } from './disk-full';
import type { Build } from './build';
import { runBuild } from './run-build';
import { sweepTemporaryTags, withTemporaryTag } from './temporary-tag';

/**
 * Builds the image and leaves it as archives in the build's folder.
 *
 * @returns The archives: one with all platforms, or one for each of them in the order of the plan.
 * @throws GoDockerError that says why the build failed.
 */
export async function buildArchives(build: Build): Promise<readonly string[]> {
  if (build.builder.exports === 'archive') return [await buildArchive(build)];
  await sweepTemporaryTags(build.docker);
  const archives: string[] = [];
  // The classic image store takes one platform at a time.
  for (const platform of build.plan.platforms) archives.push(await buildThroughDaemon(build, platform));
  return archives;
}

async function buildArchive(build: Build): Promise<string> {
  const archive = join(build.directory, 'image.tar');
  await runBuild(build, build.plan.platforms, { archive });
  return archive;
}

/** The classic image store gives out only what has a name in it. */
async function buildThroughDaemon(build: Build, platform: string): Promise<string> {
  const { plan, directory, docker } = build;
  const archive = join(directory, `${platform.replaceAll('/', '-')}.tar`);
  await withTemporaryTag(plan.workspaceRoot, async (tag) => {
    await runBuild(build, [platform], { tag });
    const { exitCode, stderr } = await docker.run(['image', 'save', `--output=${archive}`, tag]);
    if (exitCode !== 0)
      throw diskFull(build, stderr) ?? (await commandFailed(docker, notSaved(plan.project), stderr));
  });
  return archive;
}

function notSaved(project: string): string {
  return `the image of ${project} could not be saved`;
}
