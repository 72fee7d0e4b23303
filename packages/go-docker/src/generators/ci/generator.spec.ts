import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logger, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { parse } from 'yaml';
import ciGenerator from './generator';
import type { CiOptions } from './options';

const github = '.github/workflows/images.yml';
const push = 'ghcr.io/acme/{projectName}';

describe('nx g go-docker:ci', () => {
  let tree: Tree;
  let said: string;
  const contents = (path: string): string => tree.read(path, 'utf-8') ?? '';

  beforeEach(() => {
    tree = createTreeWithEmptyWorkspace();
    tree.write('nx.json', '{ "plugins": ["go-docker"], "defaultBase": "origin/trunk" }');
    tree.write('package-lock.json', '{}');
    tree.write('go.work', 'go 1.26.0\n');
    jest.spyOn(logger, 'info').mockImplementation((text) => void (said = String(text)));
  });
  afterEach(() => jest.restoreAllMocks());

  const ci = (options: CiOptions = {}): void => {
    const done = ciGenerator(tree, options);
    void done();
  };

  it('writes the workflow of GitHub for what the workspace has', () => {
    tree.write('.github/CODEOWNERS', '* @acme/ops\n');
    ci({ push });
    const workflow = parse(contents(github));
    expect(workflow.on.push.branches).toEqual(['trunk']);
    expect(Object.keys(workflow.jobs)).toEqual(['images', 'comment', 'push']);
    expect(contents(github)).toContain('go-version-file: go.work');
    expect(contents(github)).toMatch(
      /^# go-docker:begin ci push=ghcr\.io\/acme\/\{projectName\} checksum=\w+$/m,
    );
    expect(said).toContain(`Written: ${github}`);
    expect(tree.exists('.gitlab-ci.yml')).toBe(false);
  });

  it('asks for nothing but a provider where questions are left open', () => {
    ci({ provider: 'github', push: '', engine: '', mainBranch: '', packageManager: '' });
    expect(Object.keys(parse(contents(github)).jobs)).toEqual(['images', 'comment']);
    expect(said).toContain('nothing is pushed');
  });

  it('changes nothing the second time, and remembers what was said', () => {
    ci({ provider: 'github', push, engine: 'docker', packageManager: 'pnpm' });
    const first = contents(github);
    ci({ provider: 'github' });
    expect(contents(github)).toBe(first);
    expect(said).toContain('The pipeline is current.');
    ci({ provider: 'github', push: 'none' });
    expect(Object.keys(parse(contents(github)).jobs)).toEqual(['images', 'comment']);
    expect(contents(github)).toContain('pnpm exec nx affected');
  });

  it('follows nx.json: names of targets, and the repository', () => {
    tree.write(
      'nx.json',
      JSON.stringify({
        plugins: [
          { plugin: 'go-docker', options: { imageTargetName: 'docker', imageSizeTargetName: false } },
        ],
        targetDefaults: {
          'image-push': { options: { repository: 'registry.example.com/shop/{projectName}' } },
        },
      }),
    );
    ci({ provider: 'github', mainBranch: 'main' });
    expect(contents(github)).toContain('npx nx affected --output-style=static -t docker\n');
    expect(contents(github)).toContain('npx nx affected --output-style=static -t image-push\n');
    expect(contents(github)).toContain('registry: registry.example.com\n');
    expect(said).toContain('secrets REGISTRY_USERNAME and REGISTRY_PASSWORD');
  });

  it('follows what nx.json says of the executor, which goes before the name of the target', () => {
    tree.write(
      'nx.json',
      JSON.stringify({
        plugins: ['go-docker'],
        targetDefaults: {
          'image-push': { options: { repository: 'ghcr.io/acme/{projectName}' } },
          'go-docker:push': {
            options: { repository: 'registry.example.com/shop', tags: ['{projectName}-{shortCommitSha}'] },
          },
        },
      }),
    );
    ci({ provider: 'github', mainBranch: 'main' });
    expect(contents(github)).toContain('registry: registry.example.com\n');
    expect(contents(github)).toContain('npx nx affected --output-style=static -t image-push\n');
  });

  it('writes the one file of GitLab where there is none, and has git ignore the caches', () => {
    tree.write('.gitignore', 'node_modules\n');
    ci({ provider: 'gitlab', push: '$CI_REGISTRY_IMAGE/{projectName}' });
    expect(Object.keys(parse(contents('.gitlab-ci.yml')))).toEqual([
      '.images',
      'images',
      'images-comment',
      'images-push',
    ]);
    expect(contents('.gitignore')).toBe('node_modules\n/.cache/\n');
    const first = contents('.gitlab-ci.yml');
    ci();
    expect(contents('.gitlab-ci.yml')).toBe(first);
    expect(contents('.gitignore')).toBe('node_modules\n/.cache/\n');
    expect(tree.exists('.gitlab/images.yml')).toBe(false);
  });

  it('is included where GitLab has a pipeline already, in a stage that there is', () => {
    tree.write('.gitlab-ci.yml', 'stages: [check, ship]\ntest:\n  stage: check\n  script: make\n');
    ci({ push: 'registry.example.com/{projectName}' });
    expect(contents('.gitlab-ci.yml')).toBe(
      'include:\n  - local: .gitlab/images.yml\n\nstages: [check, ship]\ntest:\n  stage: check\n  script: make\n',
    );
    const included = parse(contents('.gitlab/images.yml'));
    expect([included.images.stage, included['images-push'].stage]).toEqual(['check', 'ship']);
    expect(said).toContain('Written: .gitlab/images.yml, .gitlab-ci.yml');
    ci();
    expect(said).toContain('The pipeline is current.');
  });

  it('says so where an included file may name the stages, and takes those of the root file', () => {
    const template = 'include:\n  - project: acme/ci\n    file: go.yml\n';
    tree.write('.gitlab-ci.yml', template);
    ci();
    const words = 'Its jobs stand in the stages build and deploy. Where an included file names others';
    expect(said).toContain(words);
    tree.write('.gitlab-ci.yml', `stages: [check, ship]\n${contents('.gitlab-ci.yml')}`);
    ci();
    expect(said).not.toContain(words);
    expect(parse(contents('.gitlab/images.yml')).images.stage).toBe('check');
  });

  it('takes the stages that stand below the block in its own file', () => {
    ci({ provider: 'gitlab' });
    expect(said).not.toContain('Its jobs stand in');
    tree.write('.gitlab-ci.yml', `${contents('.gitlab-ci.yml')}\nstages: [check, ship]\n`);
    ci();
    expect(parse(contents('.gitlab-ci.yml')).images.stage).toBe('check');
    expect(tree.exists('.gitlab/images.yml')).toBe(false);
  });

  it('asks git for remote and branch', () => {
    const root = mkdtempSync(join(tmpdir(), 'ci-generator-'));
    try {
      const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root });
      git('init', '--quiet', '--initial-branch=main');
      git('remote', 'add', 'origin', 'https://token@gitlab.com/acme/shop.git');
      tree.write('nx.json', '{ "plugins": ["go-docker"] }');
      tree.root = root;
      ci();
      expect(contents('.gitlab-ci.yml')).toContain('$CI_COMMIT_BRANCH == "main"');
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('says that a workspace below the root of its repository gets no pipeline by itself', () => {
    const root = mkdtempSync(join(tmpdir(), 'ci-generator-'));
    try {
      execFileSync('git', ['init', '--quiet'], { cwd: root });
      mkdirSync(join(root, 'web'));
      tree.root = root;
      ci({ provider: 'github' });
      expect(said).not.toContain('The repository begins');
      tree.root = join(root, 'web');
      ci({ provider: 'github' });
      expect(said).toContain(
        'The repository begins above this workspace, which is its folder web/: GitHub reads no file from there',
      );
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it.each<[CiOptions, string]>([
    [
      {},
      'nothing tells whether this repository is on GitHub or on GitLab\n→ say it: nx g go-docker:ci --provider=',
    ],
    [{ provider: 'jenkins' }, '--provider=jenkins is not one of the choices\n→ choose one of github, gitlab'],
    [{ engine: 'hybrid' }, '--engine=hybrid is not one of the choices\n→ choose one of native, docker'],
    [{ packageManager: 'deno' }, '--packageManager=deno is not one of the choices'],
    [
      { provider: 'github', push: 'ghcr.io/acme' },
      '--push=ghcr.io/acme: all images would be pushed to one place',
    ],
    [
      { provider: 'github', mainBranch: "x' || true" },
      '--mainBranch is called "x\' || true", which cannot stand',
    ],
  ])('refuses %j and writes nothing', (options, message) => {
    const before = tree.listChanges().length;
    expect(() => ci(options)).toThrow(message);
    expect(tree.listChanges().length).toBe(before);
  });

  it.each([
    ['no lock file', { 'package-lock.json': null }, 'no lock file tells which package manager installs Nx'],
    [
      'a file of another',
      { [github]: 'name: images\n' },
      `${github}: This file was not written by go-docker`,
    ],
    [
      'no target that builds',
      { 'nx.json': '{ "plugins": [{ "plugin": "go-docker", "options": { "imageTargetName": false } }] }' },
      'nx.json: the options of the plugin go-docker turn off the target that builds images',
    ],
    [
      'no target that pushes',
      {
        'nx.json': '{ "plugins": [{ "plugin": "go-docker", "options": { "imagePushTargetName": false } }] }',
      },
      'nx.json: the options of the plugin go-docker turn off the target that pushes images',
    ],
  ])('says what to do about %s', (_, files, message) => {
    for (const [path, text] of Object.entries(files)) {
      if (text === null) tree.delete(path);
      else tree.write(path, text);
    }
    expect(() => ci({ provider: 'github', push })).toThrow(message);
  });

  it('has a description for every option', () => {
    const schema = JSON.parse(readFileSync(join(__dirname, 'schema.json'), 'utf8')) as {
      properties: Record<string, { description: string }>;
    };
    expect(Object.keys(schema.properties)).toEqual([
      'provider',
      'push',
      'engine',
      'mainBranch',
      'packageManager',
      'force',
    ]);
    for (const { description } of Object.values(schema.properties)) expect(description).toMatch(/\.$/);
  });
});
