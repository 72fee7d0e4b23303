import type { ExecutorContext, ProjectConfiguration, TargetConfiguration } from '@nx/devkit';
import type { BudgetProject } from '../budgets/limits';
import { projectPath } from '../images/project-path';
import type { ImageExecutorOptions } from './image/options';

/** Every project of the workspace, as budgets see it. */
export function budgetProjects(context: ExecutorContext): readonly BudgetProject[] {
  return Object.entries(context.projectsConfigurations.projects).map(
    ([name, { tags = [], targets = {} }]) => ({
      name,
      tags,
      hasImage: targetWith(targets, 'go-docker:image') !== undefined,
    }),
  );
}

/** Where an image is, and what makes it. */
export interface ImageOfProject {
  readonly project: string;
  /** Below the workspace root. */
  readonly imagePath: string;
  /** `project:target` of the target that builds it, whatever the workspace calls it. */
  readonly imageTarget: string;
}

/** The images of the workspace, by the names of their projects. */
export function imagesOfWorkspace(context: ExecutorContext): readonly ImageOfProject[] {
  return Object.entries(context.projectsConfigurations.projects)
    .map(([name, configuration]) => imageOfProject(name, configuration))
    .filter((image) => image !== undefined)
    .sort((a, b) => (a.project < b.project ? -1 : 1));
}

function imageOfProject(project: string, { targets = {} }: ProjectConfiguration): ImageOfProject | undefined {
  const target = targetWith(targets, 'go-docker:image');
  if (!target) return undefined;
  const outputPath: unknown = targets[target]?.options?.outputPath;
  return {
    project,
    imagePath: typeof outputPath === 'string' ? outputPath : `dist/images/${projectPath(project)}`,
    imageTarget: `${project}:${target}`,
  };
}

/** The options of the target that builds a project's image, as the graph and the project say them; none where there is no such target. */
export function imageOptionsOf(context: ExecutorContext, project: string): ImageExecutorOptions {
  const targets = context.projectsConfigurations.projects[project]?.targets ?? {};
  const target = targetWith(targets, 'go-docker:image');
  const options: ImageExecutorOptions | undefined =
    target === undefined ? undefined : targets[target]?.options;
  return options ?? {};
}

/** `project:target` of every target of the workspace that an executor of ours runs. */
export function targetsWith(context: ExecutorContext, executor: string): readonly string[] {
  return Object.entries(context.projectsConfigurations.projects).flatMap(([project, { targets = {} }]) => {
    const target = targetWith(targets, executor);
    return target === undefined ? [] : [`${project}:${target}`];
  });
}

function targetWith(targets: Record<string, TargetConfiguration>, executor: string): string | undefined {
  return Object.keys(targets).find((name) => targets[name]?.executor === executor);
}
