import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { allPipelines, examplePipeline } from './fixtures/pipelines';
import { withGitlabInclude } from './gitlab-include';
import { packageManager } from './package-managers';
import type { Pipeline } from './pipeline';
import { pipelineFile } from './pipeline-file';

const repository = join(__dirname, '..', '..', '..', '..');

interface Listed {
  readonly name: string;
  readonly stage: string;
  readonly when: string;
  readonly needs: readonly { readonly job: string }[] | null;
}

const textOf = (pipeline: Pipeline): string => pipelineFile(undefined, '.gitlab-ci.yml', pipeline, {});

describe('the pipeline of GitLab', () => {
  let program = '';
  let folder = '';
  beforeAll(() => {
    const tool = join(repository, 'tools/gitlab-ci-local.mjs');
    program = execFileSync(process.execPath, [tool], { encoding: 'utf8' }).trim();
    folder = mkdtempSync(join(tmpdir(), 'gitlab-ci-'));
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder });
    git('init', '--quiet', '--initial-branch=main');
    git('remote', 'add', 'origin', 'git@gitlab.example.com:acme/shop.git');
    git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--allow-empty', '--message=a');
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  function ask(files: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const given = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
    // Only what git knows can be included.
    execFileSync('git', ['add', '--all'], { cwd: folder });
    return spawnSync(process.execPath, [program, '--list-json', ...given], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', HOME: folder },
    });
  }

  /** The jobs that run, as another program reads the file. It holds files against GitLab's own schema first. */
  function jobs(files: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) {
    const { stdout, stderr, status } = ask(files, variables);
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
    // Warnings about variables that it would set by itself come first.
    const list = stdout.slice(stdout.search(/^\[/m));
    return (JSON.parse(list) as readonly Listed[]).filter(({ when }) => when !== 'never');
  }
  const names = (...args: Parameters<typeof jobs>) => jobs(...args).map(({ name }) => name);

  const onMain = { CI_COMMIT_BRANCH: 'main', CI_PIPELINE_SOURCE: 'push' };
  const onRequest = {
    CI_COMMIT_BRANCH: '',
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_IID: '7',
  };

  it.each(allPipelines('gitlab'))('is one that GitLab takes: %s', (_, pipeline) => {
    const variables = { ...onMain, CI_COMMIT_BRANCH: pipeline.mainBranch };
    const pushed = pipeline.push ? ['images-push'] : [];
    expect(names({ '.gitlab-ci.yml': textOf(pipeline) }, variables)).toEqual(['images', ...pushed]);
  });

  it('would show a fault to the schema', () => {
    const text = textOf(examplePipeline('gitlab')).replace('interruptible: true', 'interruptible: often');
    expect(`${ask({ '.gitlab-ci.yml': text }).stderr}`).toContain('interruptible');
  });

  it('pushes from the main branch alone, and comments where there is a token for it', () => {
    const files = { '.gitlab-ci.yml': textOf(examplePipeline('gitlab')) };
    expect(names(files, onMain)).toEqual(['images', 'images-push']);
    expect(names(files, onRequest)).toEqual(['images']);
    expect(names(files, { ...onRequest, IMAGES_COMMENT_TOKEN: 'token' })).toEqual([
      'images',
      'images-comment',
    ]);
    expect(names(files, { ...onMain, CI_COMMIT_BRANCH: 'other' })).toEqual([]);
  });

  it('goes into the stages of the file that includes it', () => {
    const stages = ['check', 'ship'];
    const root = withGitlabInclude(
      'stages: [check, ship]\n\ntest:\n  stage: check\n  script: make\n',
      '.gitlab/images.yml',
    );
    const included = textOf(examplePipeline('gitlab', { stages }));
    const listed = jobs({ '.gitlab-ci.yml': root, '.gitlab/images.yml': included }, onMain);
    expect(listed.map(({ name, stage }) => [name, stage])).toEqual(
      expect.arrayContaining([
        ['test', 'check'],
        ['images', 'check'],
        ['images-push', 'ship'],
      ]),
    );
  });

  it('keeps caches below the project, and lets merge requests leave none', () => {
    const { '.images': common, images } = parse(textOf(examplePipeline('gitlab'))) as Record<
      string,
      {
        variables: Record<string, string>;
        cache: object;
        rules: { if: string; variables?: Record<string, string> }[];
      }
    >;
    expect(common?.cache).toEqual({ key: 'images', paths: ['.cache/'], policy: '$IMAGES_CACHE_POLICY' });
    expect(common?.variables).toMatchObject({
      GO_DOCKER_ENGINE: 'native',
      IMAGES_CACHE_POLICY: 'pull',
      GOMODCACHE: '$CI_PROJECT_DIR/.cache/go-mod',
      GOCACHE: '$CI_PROJECT_DIR/.cache/go-build',
      npm_config_cache: '$CI_PROJECT_DIR/.cache/npm',
    });
    expect(images?.rules).toEqual([
      { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' },
      { if: '$CI_COMMIT_BRANCH == "main"', variables: { IMAGES_CACHE_POLICY: 'pull-push' } },
    ]);
  });

  it('keeps the packages of every release of pnpm', () => {
    const pipeline = examplePipeline('gitlab', { packageManager: packageManager('pnpm') });
    const { '.images': common } = parse(textOf(pipeline)) as Record<
      string,
      { variables: Record<string, string> }
    >;
    const variables = ['npm_config_store_dir', 'pnpm_config_store_dir'];
    expect(variables.map((name) => common?.variables[name])).toEqual([
      '$CI_PROJECT_DIR/.cache/pnpm',
      '$CI_PROJECT_DIR/.cache/pnpm',
    ]);
  });
});
