import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { crane } from './docker/crane';
import { type Registry, startRegistry } from './docker/registry';
import { type GithubApi, startGithubApi } from './pipeline/github-api';
import { type Contexts, type JobRun, runJob, type Workflow } from './pipeline/workflow';
import { neutralEnvironment } from './workspace/environment';
import { succeed } from './workspace/program';
import { refused } from './workspace/refusal';
import { createSetUpWorkspace, mustSucceed } from './workspace/set-up';
import { tasksRun } from './workspace/tasks';
import { cloneWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

const FILE = '.github/workflows/images.yml';
const MARKER = '<!-- go-docker report -->';
/** Packages are not installed in clones that have them. */
const SKIPPED = ['Install packages'];

describe('the workflow that nx g go-docker:ci writes for GitHub', () => {
  let workspace: Workspace;
  let registry: Registry;
  let api: GithubApi;
  /** The commit that the workflow came with. */
  let first: string;

  beforeAll(async () => {
    [registry, api] = await Promise.all([startRegistry(), startGithubApi()]);
    workspace = await createSetUpWorkspace({ copyOf: 'e2e/fixtures/work' }, ['--runner=scratch']);
    await mustSucceed(workspace, [
      ...['g', 'go-docker:ci', '--provider=github', '--mainBranch=main'],
      `--push=${registry.address}/shop/{projectName}`,
    ]);
    await workspace.commit();
    first = await git('rev-parse', 'HEAD');
  });
  afterAll(async () => {
    await registry?.stop();
    await api?.stop();
    removeWorkspaces();
  });

  const git = async (...args: readonly string[]) => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    const said = await succeed('git', [...identity, ...args], {
      cwd: workspace.root,
      env: neutralEnvironment(),
    });
    return said.trim();
  };
  const workflow = () => parse(workspace.read(FILE)) as Workflow;

  /** What a runner checks out: a clone with its own Nx cache. */
  async function checkedOut(commit: string, folder: string): Promise<Workspace> {
    const clone = await cloneWorkspace(workspace, folder);
    await succeed('git', ['checkout', '--quiet', '--detach', commit], { cwd: clone.root });
    return clone;
  }

  const names = (folder: string): readonly string[] => readdirSync(folder).sort();

  /** A push to the main branch, and the job of this name for it. */
  function onMain(
    clone: Workspace,
    job: string,
    commit: string,
    needs: Contexts['needs'] = {},
    skipped: readonly string[] = SKIPPED,
  ): Promise<JobRun> {
    const github = {
      event_name: 'push',
      ref: 'refs/heads/main',
      sha: commit,
      repository: 'acme/shop',
      token: 't',
    };
    return runJob(clone, workflow(), job, { github, needs }, environment('push', 'main'), skipped);
  }

  function environment(event: string, ref: string, base = ''): NodeJS.ProcessEnv {
    return {
      ...api.environment,
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_EVENT_NAME: event,
      GITHUB_REF_NAME: ref,
      GITHUB_BASE_REF: base,
      GITHUB_WORKFLOW_REF: `acme/shop/${FILE}@refs/heads/${ref}`,
      npm_config_prefer_offline: 'true',
    };
  }

  it('is the same when it is written again, and shows what it would write', async () => {
    await mustSucceed(workspace, ['g', 'go-docker:ci', '--provider=github']);
    expect(await workspace.changes()).toEqual([]);
    const output = await mustSucceed(workspace, [
      ...['g', 'go-docker:ci', '--provider=gitlab', '--push=none', '--dry-run'],
    ]);
    expect(output).toContain('CREATE .gitlab-ci.yml');
    expect(await workspace.changes()).toEqual([]);
    const help = await mustSucceed(workspace, ['g', 'go-docker:ci', '--help']);
    expect(help).toContain('--provider');
    expect(help).toContain('--push');
  });

  it('refuses a file of somebody else, and leaves all as it was', async () => {
    const text = workspace.read(FILE);
    workspace.write(FILE, 'name: images\n');
    const output = await refused(workspace, ['g', 'go-docker:ci', '--provider=github']);
    expect(output).toContain(`${FILE}: This file was not written by go-docker`);
    workspace.write(FILE, text);
  });

  it('builds all images where no run has succeeded yet, and pushes them', async () => {
    api.succeeded.length = 0;
    const clone = await checkedOut(first, 'everything');
    // As a runner has it: with nothing but what the lock file says.
    clone.remove('node_modules');
    const images = await onMain(clone, 'images', first, {}, []);
    expect(images.ran).toContain('Install packages');
    expect(names(clone.path('dist/images'))).toEqual(['api', 'worker']);
    expect(names(clone.path('dist/image-sizes'))).toEqual(['api.json', 'worker.json']);
    expect(images.output).toContain('engine: native (as GO_DOCKER_ENGINE says)');

    // What the steps that save and restore do, from one machine to another.
    const next = await checkedOut(first, 'push');
    cpSync(clone.path('.nx/cache'), next.path('.nx/cache'), { recursive: true });
    mkdirSync(next.path('.nx/workspace-data'), { recursive: true });
    for (const name of names(clone.path('.nx/workspace-data')).filter((each) => each.endsWith('.db'))) {
      const elsewhere = next.path('.nx/workspace-data', name.replace(/^.*(?=-v\d)/, '0'.repeat(32)));
      cpSync(clone.path('.nx/workspace-data', name), elsewhere);
    }
    const push = await onMain(next, 'push', first, { images });
    expect(tasksRun(push.output)).toEqual(['api:image-push', 'worker:image-push']);
    for (const app of ['api', 'worker']) {
      expect(await crane('ls', `${registry.address}/shop/${app}`)).toContain(first.slice(0, 7));
    }
  });

  describe('with a changed library that one app uses', () => {
    let merged: string;
    let mainTip: string;

    beforeAll(async () => {
      await git('checkout', '--quiet', '-b', 'feature');
      workspace.edit('libs/queue/queue.go', '"idle"', '"busy"');
      await workspace.commit();
      await git('checkout', '--quiet', 'main');
      // Others go on meanwhile: nothing that the pull request has changed.
      workspace.write('apps/api/greeting.txt', 'good evening\n');
      await workspace.commit();
      mainTip = await git('rev-parse', 'HEAD');
      // The commit that GitHub makes of a pull request to test it.
      await git('checkout', '--quiet', '--detach', 'main');
      await git('merge', '--quiet', '--no-ff', '--message', 'Merge feature into main', 'feature');
      merged = await git('rev-parse', 'HEAD');
      await git('checkout', '--quiet', 'main');
    });

    const pullRequest = (head = 'acme/shop'): Contexts['github'] => ({
      event_name: 'pull_request',
      ref: 'refs/pull/7/merge',
      sha: merged,
      repository: 'acme/shop',
      token: 't',
      event: { pull_request: { number: 7, head: { repo: { full_name: head } } } },
    });
    const run = (clone: Workspace, job: string, contexts: Contexts) =>
      runJob(clone, workflow(), job, contexts, environment('pull_request', '7/merge', 'main'), SKIPPED);

    it('a pull request builds exactly the images that it reaches, and pushes none, from a fork or not', async () => {
      const before = await crane('ls', `${registry.address}/shop/worker`);
      const clone = await checkedOut(merged, 'request');
      const images = await run(clone, 'images', { github: pullRequest('somebody/shop') });
      expect(names(clone.path('dist/images'))).toEqual(['worker']);
      expect(names(clone.path('dist/image-sizes'))).toEqual(['worker.json']);
      expect(images.outputs['base']).toBe(mainTip);
      expect(images.outputs['report']).toMatch(
        /^<!-- go-docker report -->\n## Image sizes: 1 image\n[^]*<code>worker<\/code>/,
      );
      for (const head of ['acme/shop', 'somebody/shop']) {
        const push = await run(clone, 'push', { github: pullRequest(head), needs: { images } });
        expect(push.hasRun).toBe(false);
      }
      expect(await crane('ls', `${registry.address}/shop/worker`)).toBe(before);
    });

    it('writes one comment, and the next time the same one anew; for a fork none', async () => {
      api.comments.push({ id: 1, user: { login: 'ada' }, body: `${MARKER}\nquoted by ada` });
      const comment = (report: string, head?: string) =>
        run(workspace, 'comment', { github: pullRequest(head), needs: { images: { outputs: { report } } } });
      expect((await comment(`${MARKER}\n| worker | 3.1 MB |`)).hasRun).toBe(true);
      await comment(`${MARKER}\n| worker | $(id) \`id\` 3.2 MB |`);
      expect((await comment(`${MARKER}\n| worker | 9 MB |`, 'somebody/shop')).hasRun).toBe(false);
      expect((await comment('')).hasRun).toBe(false);
      expect(api.comments.slice(1)).toEqual([
        {
          id: 2,
          user: { login: 'github-actions[bot]' },
          body: `${MARKER}\n| worker | $(id) \`id\` 3.2 MB |`,
        },
      ]);
    });

    it('on the main branch builds what has changed since the last run that succeeded, and pushes that', async () => {
      await git('merge', '--quiet', '--ff-only', merged);
      const tag = merged.slice(0, 7);

      // The run for the commit before has succeeded: of the two apps, the merge has reached the worker.
      api.succeeded.splice(0, Infinity, mainTip);
      const clone = await checkedOut(merged, 'main');
      const images = await onMain(clone, 'images', merged);
      expect(names(clone.path('dist/images'))).toEqual(['worker']);
      await onMain(clone, 'push', merged, { images });
      expect(await crane('ls', `${registry.address}/shop/worker`)).toContain(tag);
      expect(await crane('ls', `${registry.address}/shop/api`)).not.toContain(tag);

      // It has failed: what it left out is made up for.
      api.succeeded.splice(0, Infinity, first);
      const again = await checkedOut(merged, 'again');
      await onMain(again, 'images', merged);
      expect(names(again.path('dist/images'))).toEqual(['api', 'worker']);
    });
  });
});
