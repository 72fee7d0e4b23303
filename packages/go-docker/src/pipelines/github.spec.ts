import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';
import { examplePipeline, allPipelines } from './fixtures/pipelines';
import { actions } from './actions';
import type { Pipeline } from './pipeline';
import { pipelineFile } from './pipeline-file';

const repository = join(__dirname, '..', '..', '..', '..');
const file = '.github/workflows/images.yml';

interface Step {
  readonly name: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Record<string, string>;
  readonly with?: Record<string, unknown>;
}
interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly permissions: Record<string, string>;
  readonly 'timeout-minutes': number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Record<string, { branches?: readonly string[] } | null>;
  readonly permissions: Record<string, string>;
  readonly concurrency: Record<string, string>;
  readonly env: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const textOf = (pipeline: Pipeline): string => pipelineFile(undefined, file, pipeline, {});
const workflowOf = (pipeline: Pipeline): Workflow => parse(textOf(pipeline)) as Workflow;
const stepsOf = (workflow: Workflow): readonly Step[] =>
  Object.values(workflow.jobs).flatMap(({ steps }) => steps);
const jobOf = (workflow: Workflow, name: string): Job => {
  const job = workflow.jobs[name];
  if (job === undefined) throw new Error(`no job ${name}`);
  return job;
};
const step = (job: Job, words: string): Step => {
  const found = job.steps.find(({ name }) => name.includes(words));
  if (found === undefined) throw new Error(`no step ${words}`);
  return found;
};

describe('the workflow of GitHub', () => {
  let actionlint = '';
  beforeAll(() => {
    const tool = execFileSync(process.execPath, [join(repository, 'tools/actionlint.mjs')], {
      encoding: 'utf8',
    });
    actionlint = tool.trim();
  }, 120_000);

  /** What actionlint says; without configuration, and without other linters that some machines have. */
  function lint(text: string): string {
    const args = ['-no-color', '-shellcheck=', '-pyflakes=', '-stdin-filename=images.yml', '-'];
    const { stdout, stderr } = spawnSync(actionlint, args, { input: text, encoding: 'utf8', cwd: '/' });
    return `${stdout}${stderr}`;
  }

  describe.each(allPipelines('github'))('%s', (_, pipeline) => {
    const text = textOf(pipeline);
    const workflow = workflowOf(pipeline);

    it('runs for the main branch alone, whatever that is called', () => {
      const text = textOf(examplePipeline('github', { mainBranch: 'c++/main' }));
      expect(lint(text)).toBe('');
      const workflow = parse(text) as Workflow;
      expect(workflow.on['push']?.branches).toEqual(['c\\+\\+/main']);
      expect(jobOf(workflow, 'push').if).toContain("github.ref == 'refs/heads/c++/main'");
    });

    it('has nothing that actionlint objects to', () => {
      expect(lint(text)).toBe('');
    });

    it('names every action by a commit, and its release behind it', () => {
      const uses = text.match(/uses: .*/g) ?? [];
      expect(uses.length).toBeGreaterThan(5);
      for (const use of uses) expect(use).toMatch(/^uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it('has no expression in a script, where its value would be code', () => {
      for (const { run = '' } of stepsOf(workflow)) expect(run).not.toContain('${{');
    });

    it('lets the token of no job do more than the job is for', () => {
      expect(workflow.permissions).toEqual({ contents: 'read' });
      const { images, comment, push } = workflow.jobs;
      expect(images?.permissions).toEqual({ contents: 'read', actions: 'read' });
      expect(comment?.permissions).toEqual({ 'pull-requests': 'write' });
      if (push) {
        const packages = pipeline.push?.isOwnRegistry ? { packages: 'write' } : {};
        expect(push.permissions).toEqual({ contents: 'read', ...packages });
      }
      for (const { with: options, uses } of stepsOf(workflow)) {
        if (uses?.startsWith('actions/checkout@')) expect(options?.['persist-credentials']).toBe(false);
      }
    });

    it('gives secrets to the job alone that runs on the main branch', () => {
      expect(Object.keys(workflow.on)).toEqual(['pull_request', 'push']);
      for (const [name, job] of Object.entries(workflow.jobs)) {
        if (name === 'push') {
          expect(job.if).toBe(
            `\${{ github.event_name == 'push' && github.ref == 'refs/heads/${pipeline.mainBranch}' }}`,
          );
        } else expect(JSON.stringify(job)).not.toContain('secrets.');
      }
    });

    it('has an end to every job', () => {
      for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
    });
  });

  it('would show a fault to actionlint', () => {
    const text = textOf(examplePipeline('github'));
    expect(lint(text.replace('steps.base.outputs.base', 'steps.none.outputs.base'))).toContain('"none"');
  });

  it('runs for pull requests and for the main branch, and cancels what a pull request has outrun', () => {
    const workflow = workflowOf(examplePipeline('github', { mainBranch: 'trunk' }));
    expect(workflow.on).toEqual({ pull_request: null, push: { branches: ['trunk'] } });
    expect(workflow.concurrency).toEqual({
      group: '${{ github.workflow }}-${{ github.ref }}',
      'cancel-in-progress': "${{ github.event_name == 'pull_request' }}",
    });
  });

  it('builds and measures what is affected, by the names that the targets have', () => {
    const images = jobOf(workflowOf(examplePipeline('github')), 'images');
    expect(step(images, 'Build').run).toBe('npx nx affected --output-style=static -t image image-size\n');
    expect(step(images, 'Report').run).toMatch(
      /^npx go-docker report --format=markdown --output=dist\/image-report\.md\ncat dist\/image-report\.md >> "\$GITHUB_STEP_SUMMARY"\n/,
    );
    const renamed = { image: 'docker', push: 'docker-push' };
    const others = workflowOf(examplePipeline('github', { targets: renamed }));
    expect(step(jobOf(others, 'images'), 'Build').run).toBe(
      'npx nx affected --output-style=static -t docker\n',
    );
    expect(step(jobOf(others, 'push'), 'Push').run).toBe(
      'npx nx affected --output-style=static -t docker-push --repository="$REPOSITORY"\n',
    );
  });

  it('writes the comment only where the pull request is no fork', () => {
    const comment = jobOf(workflowOf(examplePipeline('github')), 'comment');
    expect(comment.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
    expect(comment.steps.map(({ uses }) => uses)).toEqual([undefined]);
    expect(comment.steps[0]?.run).toContain('<!-- go-docker report -->');
  });

  it('logs in with its own token to its own registry, and with secrets elsewhere', () => {
    const own = step(jobOf(workflowOf(examplePipeline('github')), 'push'), 'Log in').with;
    expect(own).toEqual({
      registry: 'ghcr.io',
      username: '${{ github.actor }}',
      password: '${{ github.token }}',
    });
    const [, elsewhere] = allPipelines('github').find(([name]) => name.includes('another registry')) ?? [];
    expect(step(jobOf(workflowOf(elsewhere ?? examplePipeline('github')), 'push'), 'Log in').with).toEqual({
      registry: 'registry.example.com',
      username: '${{ secrets.REGISTRY_USERNAME }}',
      password: '${{ secrets.REGISTRY_PASSWORD }}',
    });
  });

  it('takes the cache of BuildKit where Docker builds, for each image its own', () => {
    const docker = workflowOf(examplePipeline('github', { engine: 'docker' }));
    expect(docker.env).toMatchObject({
      GO_DOCKER_ENGINE: 'docker',
      GO_DOCKER_CACHE_FROM: 'type=gha,scope={projectName}',
      GO_DOCKER_CACHE_TO: 'type=gha,scope={projectName},mode=max',
    });
    expect(step(jobOf(docker, 'images'), 'BuildKit').uses).toBe(actions.setupBuildx.split(' ')[0]);
    expect(workflowOf(examplePipeline('github')).env['GO_DOCKER_ENGINE']).toBe('native');
  });

  it.each([
    ['npm', 'npm ci\n'],
    ['pnpm', 'pnpm install --frozen-lockfile\n'],
    ['yarn', 'yarn install --frozen-lockfile\n'],
    ['bun', 'bun install --frozen-lockfile\n'],
  ])('installs with %s what its lock file says', (name, command) => {
    const [, pipeline] = allPipelines('github').find(([title]) => title === `native with ${name}`) ?? [];
    const images = jobOf(workflowOf(pipeline ?? examplePipeline('github')), 'images');
    expect(step(images, 'Install packages').run).toBe(command);
  });
});
