import type { ImagePlan } from '../../engines/engine';
import { GoDockerError } from '../../errors';
import { projectPath } from '../../images/project-path';
import { plainPath } from '../../images/workspace-path';
import type { Task } from '../task';
import { environmentCaches } from './environment-caches';
import type { ImageExecutorOptions } from './options';
import { planProblems } from './plan-problems';
import { platformOf } from '../../images/platform';

/**
 * What is to be built, with every default filled in.
 *
 * @param environment Names the caches of BuildKit where no option does.
 * @throws GoDockerError that names every option that cannot be used, all of them at once.
 */
export function imagePlan(
  options: ImageExecutorOptions,
  task: Task,
  environment: NodeJS.ProcessEnv = {},
): ImagePlan {
  const plan = planOf({ ...environmentCaches(environment, task.project), ...options }, task);
  const problems = planProblems(plan);
  if (problems.length > 0) throw unusableOptions(task, problems);
  return plan;
}

function planOf(options: ImageExecutorOptions, task: Task): ImagePlan {
  const { project, workspaceRoot } = task;
  return {
    project,
    workspaceRoot,
    dockerfile: plainPath(options.dockerfile ?? `${task.projectRoot}/Dockerfile`),
    target: options.target ?? 'runner',
    platforms: (options.platforms ?? ['linux/amd64']).map((platform) => platformOf(platform) ?? platform),
    outputPath: plainPath(options.outputPath ?? `dist/images/${projectPath(project)}`),
    buildArgs: texts(options.buildArgs),
    secrets: rejoined(options.secrets, /^id=/),
    ssh: options.ssh ?? [],
    contexts: options.contexts ?? {},
    cacheFrom: rejoined(options.cacheFrom, /^(type=|[^=]*$)/),
    cacheTo: rejoined(options.cacheTo, /^(type=|[^=]*$)/),
    labels: texts(options.labels),
    builder: options.builder,
    noCache: options.noCache ?? false,
    pull: options.pull ?? false,
    progress: options.progress ?? 'auto',
  };
}

function texts(values: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/**
 * Nx splits a list given on the command line at its commas: `--secrets=id=token,env=TOKEN` arrives as two entries.
 *
 * @param start What an entry begins with.
 */
function rejoined(values: readonly string[] = [], start: RegExp): readonly string[] {
  if (values.some((value) => value.includes(','))) return values;
  return values.reduce<readonly string[]>((entries, value) => {
    const previous = entries.at(-1);
    if (previous === undefined || start.test(value)) return [...entries, value];
    return [...entries.slice(0, -1), `${previous},${value}`];
  }, []);
}

/** The error for options of a task that cannot be used: each problem is a sentence without a full stop. */
export function unusableOptions(task: Task, problems: readonly string[]): GoDockerError {
  const name = `${task.project}:${task.target}`;
  if (problems.length === 1) return new GoDockerError(`${name}: ${problems[0]}`);
  return new GoDockerError(`${name}: ${problems.length} options cannot be used`, {
    output: problems.map((problem) => `  ${problem}`).join('\n'),
  });
}
