import { posix } from 'node:path';
import { findApps, type GoApp, readGoWorkspace, type WorkspacePath } from '@go-docker/go-workspace';
import { type GeneratorCallback, logger, readNxJson, type Tree } from '@nx/devkit';
import { withProjectBudget } from '../../budgets/edit-budgets';
import { BUDGETS_FILE } from '../../budgets/read-budgets';
import type { Dockerfile } from '../../dockerfile/dockerfile';
import { readDockerfile } from '../../dockerfile/read-dockerfile';
import { GoDockerError } from '../../errors';
import { type PluginSettings, pluginSettings } from '../../graph/plugin-options';
import initGenerator from '../init/generator';
import { isOurPlugin } from '../init/register-plugin';
import { isJsonObject } from '../../json/read-json';
import { type AppFiles, appFiles } from './app-files';
import { attemptEach } from './attempts';
import { callerFolder } from './caller-folder';
import { type DevApp, devLoop } from './dev-loop';
import { generatingTarget, likelyGenerators, type GeneratingTarget } from './generating-target';
import { nxProjects, nxTargets } from './nx-projects';
import { type SetupOptions, type SetupRequest, setupRequest } from './options';
import { notesOnOwnTargets } from './own-targets';
import { addDependency, ensureProject, setPlatforms } from './project-files';
import { projectNames } from './project-names';
import { selectApps } from './select-apps';
import { summary } from './summary';
import { treeFiles } from './tree-files';

/**
 * Gives every Go app of the workspace, or one, a Dockerfile and its ignore file, and a project where Nx has none. Again, it changes
 * nothing but managed blocks that no longer fit. An app that cannot be read keeps none of the others back: they get their files, and
 * the command fails afterwards.
 *
 * @returns What tells the user what was written and what to do next, and installs packages where needed; it throws for the apps that
 * got nothing.
 * @throws GoDockerError or GoWorkspaceError; Nx then writes nothing of the tree.
 */
export default function setupGenerator(tree: Tree, options: SetupOptions): GeneratorCallback {
  const request = setupRequest(options);
  const workspace = readGoWorkspace(treeFiles(tree));
  const projects = nxProjects(tree);
  const apps = selectApps(workspace, projects, request.project, callerFolder(tree.root));
  assertForOneApp(apps, request);
  const names = projectNames(apps, findApps(workspace), projects);
  const targets = nxTargets(tree);
  const { made: plans, problems } = attemptEach(apps, (app): AppPlan => {
    const likely = likelyGenerators(app.projectRoot, projects, targets);
    const files = appFiles(tree, workspace, posix.join(app.projectRoot, 'Dockerfile'), request, likely);
    return {
      app,
      name: names.get(app.projectRoot) ?? app.name,
      isProject: projects.has(app.projectRoot),
      files,
      generatedBy:
        request.generatedBy === undefined || files.image.generated.length === 0
          ? undefined
          : generatingTarget(request.generatedBy, app.projectRoot, projects, targets),
    };
  });

  const dev = request.dev === false ? undefined : devLoop(treeFiles(tree), plans.map(devApp), request);
  const before = changes(tree);
  const installPackages = initGenerator(tree);
  const settings = settingsOf(tree);
  const image = settings.imageTargetName;
  for (const plan of plans) writeApp(tree, plan, request, image);
  for (const [path, text] of dev?.texts ?? []) if (tree.read(path, 'utf-8') !== text) tree.write(path, text);
  const notes = plans.flatMap(({ app, name, files, generatedBy }) => [
    ...files.notes,
    ...(generatedBy?.notes ?? []),
    ...notesOnOwnTargets(name, writtenDockerfile(tree, files), targets.get(app.projectRoot) ?? {}, settings),
  ]);
  for (const note of [...new Set([...notes, ...(dev?.notes ?? []), ...nothingGenerated(plans, request)])])
    logger.warn(note);
  // Said here and not afterwards alone: a dry run calls nothing.
  for (const { message } of problems) logger.warn(message);
  const written = [...changes(tree)]
    .filter(([path, text]) => before.get(path) !== text)
    .map(([path]) => path);
  return async () => {
    logger.info(
      summary(
        plans.map(({ app, name }) => ({ name, root: app.projectRoot })),
        written,
        image,
      ),
    );
    await installPackages();
    if (problems.length > 0) throw notAll(problems.length, apps.length);
  };
}

function notAll(failed: number, all: number): GoDockerError {
  return new GoDockerError(`${failed} of ${all} apps could not be set up`, {
    advice:
      'the reasons are above; the others are set up, and stay as they are when you run the command again',
  });
}

/** One app's port, files and budget say nothing about the others. */
function assertForOneApp(apps: readonly GoApp[], request: SetupRequest): void {
  const options = (['port', 'assets', 'budget', 'healthcheck'] as const).filter(
    (option) => request[option] !== undefined,
  );
  if (apps.length < 2 || options.length === 0) return;
  const [first] = apps;
  const value = String(request[options[0] ?? 'port']);
  throw new GoDockerError(
    `${options.map((option) => `--${option}`).join(' and ')} would go to ${apps.length} apps: ${apps.map(({ name }) => name).join(', ')}`,
    {
      advice:
        `name the one you mean, such as \`nx g go-docker:setup ${first?.name} --${options[0]}=${value.includes(' ') ? `'${value}'` : value}\`` +
        (request.budget === undefined ? '' : `; a budget for all is "default" in ${BUDGETS_FILE}`),
    },
  );
}

interface AppPlan {
  readonly app: GoApp;
  readonly name: string;
  /** Whether Nx has a project there. */
  readonly isProject: boolean;
  readonly files: AppFiles;
  readonly generatedBy?: GeneratingTarget;
}

function nothingGenerated(plans: readonly AppPlan[], { generatedBy }: SetupRequest): string[] {
  if (generatedBy === undefined || plans.some((plan) => plan.generatedBy)) return [];
  return [
    `--generatedBy=${generatedBy} changed nothing: no package of ${plans.map(({ name }) => name).join(', ')} is missing, ` +
      'and Git ignores no file of the image',
  ];
}

function devApp({ name, files: { image, texts } }: AppPlan): DevApp {
  return { project: name, image, dockerfile: texts.get(image.dockerfile) ?? '' };
}

function writeApp(
  tree: Tree,
  plan: AppPlan,
  { platforms, budget }: SetupRequest,
  image: string | false,
): void {
  const { app, name, isProject, files, generatedBy } = plan;
  ensureProject(tree, app.projectRoot, name, isProject);
  for (const [path, text] of files.texts) tree.write(path, text);
  if (platforms && image !== false)
    setPlatforms(tree, { root: app.projectRoot, name, target: image }, platforms);
  if (generatedBy && image !== false)
    addDependency(tree, { root: app.projectRoot, name, target: image }, generatedBy.dependency);
  if (budget === undefined) return;
  tree.write(BUDGETS_FILE, withProjectBudget(tree.read(BUDGETS_FILE, 'utf-8') ?? undefined, name, budget));
}

function changes(tree: Tree): ReadonlyMap<WorkspacePath, string | undefined> {
  return new Map(tree.listChanges().map(({ path, content }) => [path, content?.toString()]));
}

function settingsOf(tree: Tree): PluginSettings {
  const plugin = readNxJson(tree)?.plugins?.find(isOurPlugin);
  return pluginSettings(isJsonObject(plugin) ? plugin.options : undefined);
}

function writtenDockerfile(tree: Tree, { image: { dockerfile } }: AppFiles): Dockerfile {
  return readDockerfile(tree.read(dockerfile, 'utf-8') ?? '', dockerfile);
}
