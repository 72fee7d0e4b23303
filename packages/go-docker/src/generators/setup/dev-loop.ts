import { posix } from 'node:path';
import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../../apps/app-image';
import { shownPort } from '../../apps/shown-port';
import { composeServiceOf } from '../../compose/compose-service';
import { devFileCandidates, devFilePaths, devFiles, lacksDebugService } from '../../compose/dev-files';
import { missingIncludes } from '../../compose/missing-includes';
import { servicePlanner, type ServicePlanner } from '../../compose/plan-services';
import { rootComposeFile, withIncludes } from '../../compose/root-include';
import { readWorkspaceCompose } from '../../compose/workspace-compose';
import { exposedPort } from '../../dockerfile/exposed-port';
import { readDockerfile } from '../../dockerfile/read-dockerfile';
import { isOurs } from '../../managed-block/managed-block';
import type { SetupRequest } from './options';

/** An app whose dev files are written. */
export interface DevApp {
  readonly project: string;
  readonly image: AppImage;
  /** Text of its Dockerfile as it will be. */
  readonly dockerfile: string;
}

/** The files of the dev loop as `setup` leaves them, and what its user should know. Nothing is written yet. */
export interface DevLoop {
  readonly texts: ReadonlyMap<WorkspacePath, string>;
  readonly notes: readonly string[];
}

/**
 * The dev files of these apps and the root's compose file that includes them. An app whose Dockerfile has no `dev` stage of ours gets none.
 *
 * @param request Its port is the one that the app listens on; default: the one its Dockerfile or its code shows.
 * @throws GoDockerError with the place in the file where an existing one cannot be read, or a service's name is there twice.
 */
export function devLoop(
  files: FileSystem,
  apps: readonly DevApp[],
  request: Pick<SetupRequest, 'port' | 'dev'>,
): DevLoop {
  const withDevStage = apps.filter(hasDevStage);
  const notes = request.dev === true ? apps.filter((app) => !withDevStage.includes(app)).map(noStage) : [];
  if (withDevStage.length === 0) return { texts: new Map(), notes };
  const rootFile = rootComposeFile((file) => files.readFile(file) !== undefined);
  const planner = servicePlanner(readWorkspaceCompose(files, rootFile));
  const texts = new Map<WorkspacePath, string>();
  const included: WorkspacePath[] = [];
  // Names and ports that are there come before those that are chosen.
  const existing = withDevStage.map((app) => ({ app, texts: existingTexts(files, app) }));
  const isThere = ({ app, texts }: (typeof existing)[number]): boolean =>
    texts.has(devFilePaths(app.image, texts).compose);
  for (const each of [...existing.filter(isThere), ...existing.filter((one) => !isThere(one))]) {
    const written = appDevFiles(files, each.app, each.texts, { planner, notes, port: request.port });
    for (const [path, text] of written.texts) texts.set(path, text);
    if (written.compose !== undefined) included.push(written.compose);
  }
  notes.push(...notesOnMissing(missingIncludes(files, rootFile), texts, rootFile));
  texts.set(rootFile, withIncludes(files.readFile(rootFile), included.sort(), rootFile));
  return { texts, notes };
}

/** Such as the line of an app that is gone. It may be a file that someone has yet to fetch, so the line is not ours to remove. */
function notesOnMissing(
  missing: readonly WorkspacePath[],
  written: ReadonlyMap<WorkspacePath, string>,
  rootFile: WorkspacePath,
): string[] {
  return missing
    .filter((path) => !written.has(path))
    .map(
      (path) =>
        `${rootFile} includes ${path}, which is not there, so that Compose starts nothing: remove its line, or put the file back`,
    );
}

function hasDevStage({ image, dockerfile }: DevApp): boolean {
  if (!isOurs(dockerfile)) return false;
  return readDockerfile(dockerfile, image.dockerfile).stages.some(({ name }) => name === 'dev');
}

function noStage({ project, image }: DevApp): string {
  return `${image.dockerfile} has no dev stage of ours, so that ${project} gets no dev loop; write the file anew with --force`;
}

function existingTexts(files: FileSystem, { image, dockerfile }: DevApp): ReadonlyMap<WorkspacePath, string> {
  const texts = new Map<WorkspacePath, string>();
  for (const file of devFileCandidates(image)) {
    const text = files.readFile(file);
    if (text !== undefined) texts.set(file, text);
  }
  return texts.set(image.dockerfile, dockerfile);
}

function appDevFiles(
  files: FileSystem,
  { project, image, dockerfile }: DevApp,
  existing: ReadonlyMap<WorkspacePath, string>,
  { planner, notes, port }: { planner: ServicePlanner; notes: string[]; port: number | undefined },
): { readonly texts: ReadonlyMap<WorkspacePath, string>; readonly compose?: WorkspacePath } {
  const { compose, airConfig } = devFilePaths(image, existing);
  const debugPort = lacksDebugService(image, existing) ? planner.debugPort(project) : undefined;
  const text = existing.get(compose);
  if (text === undefined) {
    notes.push(...notesOnOwnFiles(existing, compose, airConfig));
    const listens = port ?? exposedPort(dockerfile) ?? shownPort(files, image);
    const settings = { ...planner.plan(project, listens, notes), debugPort };
    return { texts: devFiles(image, existing, settings), compose };
  }
  const service = composeServiceOf(text, compose);
  if (service) planner.keep(service.name, compose, service.line);
  return { texts: devFiles(image, existing, { debugPort }), compose: service && compose };
}

function notesOnOwnFiles(
  existing: ReadonlyMap<WorkspacePath, string>,
  compose: WorkspacePath,
  airConfig: WorkspacePath,
): string[] {
  const notes: string[] = [];
  const folder = posix.dirname(compose);
  if (posix.basename(compose) !== 'compose.yaml' && folder !== '.') {
    notes.push(
      `the compose file in ${folder} is your own and stays as it is: the dev service is in ${compose}`,
    );
  }
  const air = existing.get(airConfig);
  if (air !== undefined && !isOurs(air)) {
    notes.push(
      `${airConfig} is your own and stays as it is: it does not follow what the app is compiled from`,
    );
  }
  return notes;
}
