import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { readLayout } from '@go-docker/oci-image';
import { judge } from '../../budgets/judge';
import { isBreach } from '../../budgets/judgement';
import { type Budgets, LIMIT_KINDS, type Limit, type Limits } from '../../budgets/limits';
import { limitsOf } from '../../budgets/select-limits';
import { readSize } from '../../budgets/sizes';
import { GoDockerError } from '../../errors';
import { baselineOf, unmeasuredPlatforms } from '../../growth/baseline';
import { baselineText } from '../../growth/baseline-text';
import { compare } from '../../growth/compare';
import { readImageOf } from '../../images/image-json';
import { projectPath } from '../../images/project-path';
import { breakDown } from '../../measuring/break-down';
import { type ImageContents, measureImage } from '../../measuring/measure-image';
import {
  type Comparison,
  type MeasuredImage,
  type MeasuredPlatform,
  MOST_FILES,
} from '../../measuring/measured-image';
import { breachReport } from '../../reports/breach-report';
import { changeReport } from '../../reports/change-report';
import { paletteFor } from '../../reports/palette';
import { sizeTable } from '../../reports/size-table';
import { whereWritten } from '../../reports/where-written';
import { writeJson } from '../../reports/write-json';
import { writeText } from '../../reports/write-text';
import { runExecutor } from '../run';
import { type Task, taskOf } from '../task';
import { attempt, toldTogether } from '../told-together';
import { readWorkspaceBudgets } from '../workspace-budgets';
import { budgetProjects, imagesOfWorkspace, targetsWith } from '../workspace-projects';
import { tellAdvice } from './advise';
import { findBaseline, type FoundBaseline } from './baseline';

export interface SizeExecutorOptions {
  /** The most the unpacked image may be; goes before the budget file. */
  readonly budget?: string;
  /** The budget file, below the workspace root. */
  readonly budgets?: string;
  /** The commit whose image-size.json the image is compared with, instead of the workspace's. */
  readonly base?: string;
  /** Builds what could make the image smaller, and says what it saves. */
  readonly advise?: boolean;
  /** Writes image-size.json. */
  readonly update?: boolean;
  /** The image's folder, below the workspace root. */
  readonly imagePath?: string;
  /** Where the verdicts are written, below the workspace root. */
  readonly outputFile?: string;
}

/** Measures the image of a project, compares it with what is committed, and holds it to its budget. */
export default function sizeExecutor(
  options: SizeExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runExecutor(async (signal) => {
    const task = taskOf(context);
    const { project, target, workspaceRoot } = task;
    const sizeTarget = `${project}:${target}`;
    const { budgets, limits, found } = await configuration(options, context, task, signal);
    const contents = await measure(options, context, task, signal);
    const measured = measuredImage(project, contents, found, limits);

    // Written for a breach too: what an earlier run found must not stay behind as if it still held.
    const outputFile = options.outputFile ?? `dist/image-sizes/${projectPath(project)}.json`;
    writeJson(join(workspaceRoot, outputFile), measured);
    console.log(`\n${sizeTable([measured], paletteFor(process.stdout, process.env))}\n`);
    for (const note of changeReport(measured, sizeTarget)) console.log(`${note}\n`);
    if (options.update) console.log(`${update(task, contents, found)}\n`);
    for (const note of sumNotes(budgets, targetsWith(context, 'go-docker:sum'))) console.log(`${note}\n`);
    // Where nothing can be advised, that is no reason to keep quiet about a breach.
    await toldTogether([
      attempt(() => holdToLimits(measured, sizeTarget)),
      attempt(() => (options.advise ? tellAdvice(task, context, contents, signal) : undefined)),
    ]);
  });
}

function holdToLimits(measured: MeasuredImage, sizeTarget: string): void {
  if (!measured.platforms.some(({ judgements }) => judgements.some(isBreach))) return;
  throw new GoDockerError(breachReport(measured, sizeTarget));
}

interface SizeConfiguration {
  readonly budgets: Budgets;
  readonly limits: Limits;
  readonly found: FoundBaseline;
}

async function configuration(
  options: SizeExecutorOptions,
  context: ExecutorContext,
  task: Task,
  signal: AbortSignal,
): Promise<SizeConfiguration> {
  const projects = budgetProjects(context);
  const [onCommandLine, budgets, found] = await toldTogether([
    attempt(() => commandLineLimits(options.budget)),
    attempt(() => readWorkspaceBudgets(context.root, options.budgets, projects)),
    attempt(() => findBaseline(task, checked(options), signal)),
  ]);
  const tags = projects.find(({ name }) => name === task.project)?.tags ?? [];
  const limits = { ...limitsOf(budgets, { name: task.project, tags }), ...onCommandLine };
  // Whoever writes down what the image is now says that it may have grown.
  return { budgets, limits: options.update ? { ...limits, growth: undefined } : limits, found };
}

function commandLineLimits(budget: string | undefined): Limits {
  if (budget === undefined) return {};
  const reading = readSize(budget);
  if ('problem' in reading) throw new GoDockerError(`--budget: ${reading.problem}`);
  const text = budget.trim();
  return { unpacked: { kind: 'unpacked', most: reading.bytes, text, source: { from: 'command line' } } };
}

function checked(options: SizeExecutorOptions): SizeExecutorOptions {
  if (!options.update || options.base === undefined) return options;
  throw new GoDockerError(
    '--update and --base do not go together: one writes image-size.json, the other reads it',
    {
      advice: 'leave one of them out',
    },
  );
}

async function measure(
  options: SizeExecutorOptions,
  context: ExecutorContext,
  { project, workspaceRoot }: Task,
  signal: AbortSignal,
): Promise<readonly ImageContents[]> {
  const built = imagesOfWorkspace(context).find((image) => image.project === project);
  const imagePath = options.imagePath ?? built?.imagePath ?? `dist/images/${projectPath(project)}`;
  const image = readImageOf(project, workspaceRoot, imagePath, built?.imageTarget);
  const layout = await readLayout(join(workspaceRoot, imagePath, 'oci'));
  return measureImage(image, layout, breakDown, signal);
}

function measuredImage(
  project: string,
  contents: readonly ImageContents[],
  { source, baseline }: FoundBaseline,
  limits: Limits,
): MeasuredImage {
  const platforms = contents.map((image): MeasuredPlatform => {
    const was = baseline?.images[image.platform];
    const comparison: Comparison = was
      ? compare(image, was)
      : { state: baseline || source.ref !== undefined ? 'new' : 'untracked' };
    const { files, ...rest } = image;
    const others = files.slice(MOST_FILES);
    return {
      ...rest,
      judgements: judge(image.platform, image.sizes, limits, was?.sizes),
      files: files.slice(0, MOST_FILES),
      otherFiles: { count: others.length, bytes: others.reduce((sum, { bytes }) => sum + bytes, 0) },
      comparison,
    };
  });
  return { version: 1, project, baseline: source, platforms };
}

function update(
  { project, workspaceRoot }: Task,
  contents: readonly ImageContents[],
  { source: { file }, baseline }: FoundBaseline,
): string {
  writeText(join(workspaceRoot, file), baselineText(baselineOf(project, contents, baseline), file));
  const kept = unmeasuredPlatforms(baseline, contents);
  const note = kept.length > 0 ? `; what it says of ${kept.join(', ')} was not measured, and stays` : '';
  return `${file} says so now${note}; commit it with the change`;
}

/** One image says nothing about the sum of all; a limit that no target holds must not look as if it were held. */
function sumNotes({ sum }: Budgets, sumTargets: readonly string[]): readonly string[] {
  if (sumTargets.length > 0) return [];
  const limits = LIMIT_KINDS.map((kind): Limit | undefined => sum[kind]).filter(
    (limit) => limit !== undefined,
  );
  return limits.map(
    (limit) =>
      `${whereWritten(limit)}: ${limit.text} ${limit.kind} is not held, because no target of the workspace has the executor go-docker:sum.\n→ give a project one: "image-sum": { "executor": "go-docker:sum", "dependsOn": [{ "projects": ["*"], "target": "image" }] }`,
  );
}
