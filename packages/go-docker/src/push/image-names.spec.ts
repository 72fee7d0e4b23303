import { imageNames, type NameFacts } from './image-names';

const FACTS: NameFacts = {
  project: '@shop/Api',
  commit: '0123456789abcdef0123456789abcdef01234567',
  branch: 'feature/Login#2',
  gitTags: ['nightly', '@shop/Api@1.2.3'],
};
const HERE = 'registry.example.com/shop/{projectName}';

describe('imageNames', () => {
  it('fills the placeholders in', () => {
    const tags = [
      '{version}',
      '{shortCommitSha}',
      '{commitSha}',
      '{branch}',
      '{projectName}-{version}',
      'latest',
    ];
    expect(imageNames(HERE, tags, FACTS)).toEqual([
      'registry.example.com/shop/shop/api:1.2.3',
      'registry.example.com/shop/shop/api:0123456',
      'registry.example.com/shop/shop/api:0123456789abcdef0123456789abcdef01234567',
      'registry.example.com/shop/shop/api:feature-Login-2',
      'registry.example.com/shop/shop/api:shop-api-1.2.3',
      'registry.example.com/shop/shop/api:latest',
    ]);
  });

  it('knows a project that Nx has put into the name already', () => {
    expect(imageNames('registry.example.com/@shop/Api', ['@shop/Api-{version}'], FACTS)).toEqual([
      'registry.example.com/shop/api:shop-api-1.2.3',
    ]);
  });

  it('takes the version that is given before that of a tag', () => {
    expect(imageNames('localhost:5000/x', ['v{version}'], { ...FACTS, version: '2.0.0+build' })).toEqual([
      'localhost:5000/x:v2.0.0-build',
    ]);
  });

  it('takes a name without a registry for one of Docker Hub', () => {
    expect(imageNames('acme/{projectName}', ['1'], { project: 'api', gitTags: [] })).toEqual([
      'docker.io/acme/api:1',
    ]);
  });

  it.each([
    [HERE, ['{sha}'], '"tags" has {sha}, which stands for nothing\n→ there is {projectName}, {version}'],
    [HERE, ['{constructor}'], '"tags" has {constructor}, which stands for nothing'],
    ['x/{branch}', ['1'], '"repository" has {branch}, which stands for nothing\n→ there is {projectName}'],
    [HERE, [], '"tags" is empty'],
    [
      HERE,
      ['a b'],
      `"repository" and "tags" name no image: 'registry.example.com/shop/shop/api:a b' names no image`,
    ],
    [HERE, [''], 'names no image'],
    ['registry.example.com/Shop/x', ['1'], 'names have small letters only'],
    ['registry.example.com/shop/x:1', ['1'], '"repository" has a tag: "registry.example.com/shop/x:1"'],
    ['registry.example.com:5000/x@sha256:0', ['1'], '"repository" has a tag'],
    ['https://registry.example.com/x', ['1'], 'names no image'],
  ])('refuses %s with %j', (repository, tags, message) => {
    expect(() => imageNames(repository, tags, FACTS)).toThrow(message);
  });

  it.each([
    [
      '{version}',
      'no tag of git on this commit is a version of the project\n→ tag the commit, as in api@1.2.3 or v1.2.3',
    ],
    ['{shortCommitSha}', 'git knows no commit here\n→ commit the workspace with git, or give the tag itself'],
    ['{branch}', 'no branch is checked out\n→ check a branch out'],
  ])('says what %s lacks', (tag, message) => {
    expect(() => imageNames(HERE, [tag], { project: 'api', gitTags: ['release'] })).toThrow(
      `"tags" has ${tag}, and ${message}`,
    );
  });
});
