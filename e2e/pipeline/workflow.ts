import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { neutralEnvironment } from '../workspace/environment';
import { run } from '../workspace/program';
import type { Workspace } from '../workspace/workspace';

/** As much of a workflow of GitHub as its `run:` steps need: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions */
export interface Workflow {
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly if?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What expressions may ask for. */
export interface Contexts {
  readonly github: object;
  readonly needs?: Readonly<Record<string, { readonly outputs: Readonly<Record<string, string>> }>>;
}

export interface JobRun {
  /** False where the job's own condition says no. */
  readonly hasRun: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  /** What the steps have printed. */
  readonly output: string;
  /** Names of the steps whose scripts ran. */
  readonly ran: readonly string[];
}

/**
 * Runs a job's scripts one after the other in a workspace, as a runner does: in bash, with what earlier steps have left. What is an action
 * (`uses:`) is passed over: the workspace is the clone that they would have made, on a machine that has Node.js and Go.
 *
 * @param skipped Names of steps whose scripts do not run either.
 * @throws Error where a script fails.
 */
export async function runJob(
  workspace: Workspace,
  workflow: Workflow,
  name: string,
  contexts: Contexts,
  environment: NodeJS.ProcessEnv,
  skipped: readonly string[] = [],
): Promise<JobRun> {
  const job = workflow.jobs[name];
  if (job === undefined) throw new Error(`there is no job ${name}`);
  const steps: Record<string, { outputs: Record<string, string>; outcome: string }> = {};
  const known = { needs: {}, runner: { os: 'Linux', arch: 'X64' }, secrets: {}, ...contexts, steps };
  if (job.if !== undefined && !isTrue(job.if, known))
    return { hasRun: false, outputs: {}, output: '', ran: [] };

  const ran: string[] = [];
  let output = '';
  const files = mkdtempSync(join(workspace.temporary, 'runner-'));
  for (const [index, step] of job.steps.entries()) {
    if (step.run === undefined || skipped.includes(step.name)) continue;
    if (step.if !== undefined && !isTrue(step.if, known)) continue;
    const outputs = join(files, `${index}`);
    mkdirSync(outputs);
    for (const file of ['output', 'summary']) writeFileSync(join(outputs, file), '');
    const finished = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: workspace.root,
      timeoutMs: 5 * 60_000,
      env: {
        ...neutralEnvironment(),
        TMPDIR: workspace.temporary,
        ...environment,
        ...filled(workflow.env, known),
        ...filled(step.env, known),
        GITHUB_OUTPUT: join(outputs, 'output'),
        GITHUB_STEP_SUMMARY: join(outputs, 'summary'),
      },
    });
    output += finished.output;
    if (finished.exitCode !== 0)
      throw new Error(`"${step.name}" ended with ${finished.exitCode}:\n${output}`);
    ran.push(step.name);
    const said = readFileSync(join(outputs, 'output'), 'utf8');
    if (step.id) steps[step.id] = { outputs: assignments(said), outcome: 'success' };
  }
  return { hasRun: true, outputs: filled(job.outputs, known), output, ran };
}

/** `name=value`, or `name<<END` and lines up to `END`: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#multiline-strings */
function assignments(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, name, operator, value] = /^([\w-]+)(=|<<)(.*)$/.exec(lines[at] ?? '') ?? [];
    if (name === undefined || value === undefined) continue;
    const end = operator === '=' ? at : lines.indexOf(value, at + 1);
    if (end === -1) throw new Error(`the output ${name} has no end`);
    values[name] = operator === '=' ? value : lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return values;
}

function filled(values: Readonly<Record<string, string>> = {}, known: object): Record<string, string> {
  const fill = (value: string) =>
    value.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => String(evaluate(expression, known) ?? ''));
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fill(String(value))]));
}

function isTrue(condition: string, known: object): boolean {
  const [, inner] = /^\$\{\{(.*)\}\}$/s.exec(condition.trim()) ?? [];
  return Boolean(evaluate(inner ?? condition, known));
}

/** The operators that the workflow uses mean the same in JavaScript. What is not there is empty, as it is in GitHub's expressions. */
function evaluate(expression: string, known: object): unknown {
  const names = ['cancelled', ...Object.keys(known)];
  const values = [() => false, ...Object.values(known)];
  const lenient = expression.replaceAll(/\.(?=[\w-])/g, '?.').replaceAll(/\?\.([\w]+-[\w-]+)/g, '?.["$1"]');
  return new Function(...names, `return (${lenient});`)(...values) as unknown;
}
