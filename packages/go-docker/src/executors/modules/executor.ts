import { posix, join } from 'node:path';
import type { BuildPlatform } from '@go-docker/go-workspace';
import type { ExecutorContext } from '@nx/devkit';
import { type AppImage, appImageOf, defaultPlatforms } from '../../apps/app-image';
import { parsePlatform } from '../../dockerfile/parse-platform';
import { recordedOptions } from '../../dockerfile/recorded-options';
import { GoDockerError } from '../../errors';
import { projectPath } from '../../images/project-path';
import { listExternalModules, type ListedProgram } from '../../linked-modules/go-list';
import { type ExternalModule, linkedModules } from '../../linked-modules/linked-modules';
import { writeJson } from '../../reports/write-json';
import { workspaceOf } from '../go-workspace';
import { runExecutor } from '../run';
import { type Task, taskOf } from '../task';
import type { ModulesExecutorOptions } from './options';

/** Writes which versions of external modules the image of an app links. */
export default function modulesExecutor(
  options: ModulesExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runExecutor((signal) => writeLinkedModules(options, taskOf(context), signal));
}

/** @param readWorkspace Reads the Go workspace. @throws GoDockerError where there is no such app. */
export async function writeLinkedModules(
  options: ModulesExecutorOptions,
  task: Task,
  signal: AbortSignal,
  readWorkspace = () => workspaceOf(task.workspaceRoot),
): Promise<void> {
  const { project, projectRoot, workspaceRoot } = task;
  const dockerfile = options.dockerfile ?? posix.join(projectRoot, 'Dockerfile');
  const workspace = readWorkspace();
  const text = workspace.files.readFile(dockerfile);
  const image = text === undefined ? undefined : appImageOf(workspace, dockerfile, text);
  if (text === undefined || image === undefined) throw noApp(project, dockerfile);
  const { cgo, platforms, tags = [], private: privateModules = [] } = recordedOptions(text, dockerfile);
  const program: ListedProgram = {
    workspaceRoot,
    packageDir: image.app.packageDir,
    usesWorkFile: image.closure.modules.usesWorkFile,
    cgo: cgo !== undefined,
    tags,
    privateModules,
  };
  const targets = (platforms ?? defaultPlatforms).map((platform) => parsePlatform(platform));
  const external = await externalModules(project, image, program, targets, signal);
  const outputFile = options.outputFile ?? `dist/image-modules/${projectPath(project)}.json`;
  writeJson(join(workspaceRoot, outputFile), linkedModules(workspace, image.closure, external));
}

/** @returns undefined where Go cannot tell them. */
async function externalModules(
  project: string,
  { closure }: AppImage,
  program: ListedProgram,
  platforms: readonly BuildPlatform[],
  signal: AbortSignal,
): Promise<readonly ExternalModule[] | undefined> {
  // The sources in a vendor folder are inputs themselves, but their versions stand in its list alone, and in the program.
  if (closure.externalImports.length === 0 && !closure.modules.isVendored) return [];
  const modules: ExternalModule[] = [];
  for (const platform of platforms) {
    const listing = await listExternalModules(program, platform, signal);
    if ('reason' in listing) {
      console.log(
        `Which modules ${project} links is not known, so that any change of go.mod counts: ${listing.reason}`,
      );
      return undefined;
    }
    modules.push(...listing.modules);
  }
  const { size } = new Set(modules.map(({ path }) => path));
  console.log(`${project} links ${size} external module${size === 1 ? '' : 's'}`);
  return modules;
}

function noApp(project: string, dockerfile: string): GoDockerError {
  return new GoDockerError(`${project} has no Go app with a Dockerfile at ${dockerfile}`, {
    advice: `nx g go-docker:setup ${project} writes one; the option "dockerfile" names one that stands elsewhere`,
  });
}
