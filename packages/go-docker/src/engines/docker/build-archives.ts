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
  const { plan, builder, docker, replaced } = build;
  if (builder.exports === 'archive' && !replaced) return [await buildArchive(build, plan.platforms)];
  if (builder.exports === 'daemon') await sweepTemporaryTags(docker);
  const archives: string[] = [];
  // The classic image store takes one platform at a time, and the context of a stage has the files of one.
  for (const platform of plan.platforms) archives.push(await buildOne(build, platform));
  return archives;
}

function buildOne(build: Build, platform: string): Promise<string> {
  const { plan, builder, replaced } = build;
  const made = (each: Build) =>
    builder.exports === 'archive' ? buildArchive(each, [platform]) : buildThroughDaemon(each, platform);
  if (!replaced) return made(build);
  return replaced(platform, (stages) =>
    made({ ...build, plan: { ...plan, contexts: { ...plan.contexts, ...stages } } }),
  );
}

async function buildArchive(build: Build, platforms: readonly string[]): Promise<string> {
  const archive = archiveOf(build, platforms);
  await runBuild(build, platforms, { archive, isPlain: build.builder.isNear });
  return archive;
}

function archiveOf({ directory }: Build, platforms: readonly string[]): string {
  return join(directory, `${platforms.join('_').replaceAll('/', '-')}.tar`);
}

/** The classic image store gives out only what has a name in it. */
async function buildThroughDaemon(build: Build, platform: string): Promise<string> {
  const { plan, docker } = build;
  const archive = archiveOf(build, [platform]);
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
