import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { isBreach, judgeImage } from '../../budgets/judge';
import type { Budgets, Limits } from '../../budgets/limits';
import { limitsOf } from '../../budgets/select-limits';
import { readSize } from '../../budgets/sizes';
import { GoDockerError } from '../../errors';
import { readImageJson } from '../../images/image-json';
import { projectPath } from '../../images/project-path';
import { breachReport, whereWritten } from '../../reports/breach-report';
import { paletteFor } from '../../reports/palette';
import { type ProjectSizes, sizeTable } from '../../reports/size-table';
import { writeJson } from '../../reports/write-json';
import { runExecutor } from '../run';
import { taskOf } from '../task';
import { readWorkspaceBudgets } from '../workspace-budgets';
import { budgetProjects, imagesOfWorkspace, targetsWith } from '../workspace-projects';

export interface SizeExecutorOptions {
  /** The most the unpacked image may be; goes before the budget file. */
  readonly budget?: string;
  /** The budget file, below the workspace root. */
  readonly budgets?: string;
  /** The image's folder, below the workspace root. */
  readonly imagePath?: string;
  /** Where the verdicts are written, below the workspace root. */
  readonly outputFile?: string;
}

/** Measures the image of a project and holds it to its budget. */
export default function sizeExecutor(
  options: SizeExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runExecutor(async () => {
    const { project, workspaceRoot } = taskOf(context);
    const projects = budgetProjects(context);
    const budgets = readWorkspaceBudgets(workspaceRoot, options.budgets, projects);
    const tags = projects.find(({ name }) => name === project)?.tags ?? [];
    const limits = { ...limitsOf(budgets, { name: project, tags }), ...commandLineLimits(options.budget) };

    const built = imagesOfWorkspace(context).find((image) => image.project === project);
    const imagePath = options.imagePath ?? built?.imagePath ?? `dist/images/${projectPath(project)}`;
    const image = readImageJson(workspaceRoot, imagePath, built?.imageTarget);
    const measured: ProjectSizes = { project, sizes: judgeImage(image, limits) };

    // Written for a breach too: what an earlier run found must not stay behind as if it still held.
    const outputFile = options.outputFile ?? `dist/image-sizes/${projectPath(project)}.json`;
    writeJson(join(workspaceRoot, outputFile), measured);
    console.log(`\n${sizeTable([measured], paletteFor(process.stdout, process.env))}\n`);
    for (const note of sumNotes(budgets, targetsWith(context, 'go-docker:sum'))) console.log(`${note}\n`);
    const breaches = measured.sizes.filter(isBreach);
    if (breaches.length > 0) throw new GoDockerError(breachReport(image, breaches));
  });
}

function commandLineLimits(budget: string | undefined): Limits {
  if (budget === undefined) return {};
  const reading = readSize(budget);
  if ('problem' in reading) throw new GoDockerError(`--budget: ${reading.problem}`);
  const text = budget.trim();
  return { unpacked: { kind: 'unpacked', bytes: reading.bytes, text, source: { from: 'command line' } } };
}

/** One image says nothing about the sum of all; a limit that no target holds must not look as if it were held. */
function sumNotes({ sum }: Budgets, sumTargets: readonly string[]): readonly string[] {
  if (sumTargets.length > 0) return [];
  const limits = Object.values(sum).filter((limit) => limit !== undefined);
  return limits.map(
    (limit) =>
      `${whereWritten(limit)}: ${limit.text} ${limit.kind} is not held, because no target of the workspace has the executor go-docker:sum.\n→ give a project one: "image-sum": { "executor": "go-docker:sum", "dependsOn": [{ "projects": ["*"], "target": "image" }] }`,
  );
}
