import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GoWorkspace } from '@go-docker/go-workspace';
import { workspaceOf } from '../go-workspace';
import { appImageOf } from '../../apps/app-image';
import { notGenerated, tellingOption } from '../../apps/missing-code';
import type { Dockerfile } from '../../dockerfile/dockerfile';
import { isOurs } from '../../managed-block/managed-block';
import { hasStage, readDockerfile } from '../../dockerfile/read-dockerfile';
import { parsePlatform } from '../../dockerfile/parse-platform';
import { recordedOptions } from '../../dockerfile/recorded-options';
import { staleBlocks, staleBlocksError } from '../../dockerfile/stale-blocks';
import type { ImagePlan } from '../../engines/engine';
import { GoDockerError } from '../../errors';

/**
 * Makes sure, before anything is built, that there is a Dockerfile with the stage, and that its managed blocks fit the workspace: in
 * CI nobody is asked whether they should be renewed.
 *
 * @param workspace Reads the Go workspace; where many images are checked, it is one reading for all.
 * @throws GoDockerError, or the error of the workspace, with what to do.
 */
export function checkDockerfile(plan: ImagePlan, workspace = () => workspaceOf(plan.workspaceRoot)): void {
  const text = textOf(plan.workspaceRoot, plan.dockerfile);
  if (text === undefined) throw noDockerfile(plan);
  const dockerfile = readDockerfile(text, plan.dockerfile);
  if (!hasStage(dockerfile, plan.target)) throw noStage(plan, dockerfile);
  if (!isOurs(text)) return;
  tellingOption(plan.project, [], () => assertFresh(plan, text, workspace()));
}

/** Whether the blocks of the Dockerfile record that the program is built with cgo. */
export function usesCgo({ workspaceRoot, dockerfile }: ImagePlan): boolean {
  return recordedOptions(textOf(workspaceRoot, dockerfile) ?? '', dockerfile).cgo !== undefined;
}

function textOf(workspaceRoot: string, path: string): string | undefined {
  const file = join(workspaceRoot, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function noDockerfile({ project, dockerfile }: ImagePlan): GoDockerError {
  return new GoDockerError(`${project} has no Dockerfile: there is no ${dockerfile}`, {
    advice: `nx g go-docker:setup ${project} writes one; the option "dockerfile" names one that stands elsewhere`,
  });
}

function noStage({ dockerfile, target }: ImagePlan, { stages }: Dockerfile): GoDockerError {
  const names = stages.flatMap(({ name }) => name ?? []);
  const there = names.length === 0 ? 'no stage has a name' : `the stages are ${names.join(', ')}`;
  return new GoDockerError(`there is no stage "${target}" in this Dockerfile: ${there}`, {
    location: { file: dockerfile },
    advice: `name the stage that becomes the image: FROM … AS ${target}; or choose another one (option "target")`,
  });
}

function assertFresh(plan: ImagePlan, text: string, workspace: GoWorkspace): void {
  const { workspaceRoot, dockerfile, project } = plan;
  const image = appImageOf(workspace, dockerfile, text);
  if (image === undefined) return;
  if (image.closure.missing.length > 0) throw notGenerated(image.closure.missing, project);
  const dockerignore = textOf(workspaceRoot, `${dockerfile}.dockerignore`);
  const stale = staleBlocks(image, { dockerfile: text, dockerignore });
  if (stale.length > 0) throw staleBlocksError(stale, project);
  const platforms = plan.platforms.map((platform) => parsePlatform(platform));
  const built = appImageOf(workspace, dockerfile, text, { platforms });
  const known = new Set(image.closure.files);
  const unknown = built?.closure.files.find((file) => !known.has(file));
  if (unknown !== undefined) throw otherPlatforms(plan, unknown);
}

/** Nx would not see a change of such a file, and would go on serving the image made before it. */
function otherPlatforms({ dockerfile, platforms, project }: ImagePlan, file: string): GoDockerError {
  return new GoDockerError(
    `${file} is compiled for ${platforms.join(', ')}, and the blocks of this Dockerfile are for other platforms`,
    {
      location: { file: dockerfile },
      advice: `nx g go-docker:setup ${project} --platforms=${platforms.join(',')}`,
    },
  );
}
