import { detectProvider } from './detect-provider';

describe('detectProvider', () => {
  const none = { hasGithubFolder: false, hasGitlabFile: false };

  it.each([
    [{ ...none, hasGithubFolder: true }, 'github'],
    [{ ...none, hasGitlabFile: true }, 'gitlab'],
    [{ ...none, hasGitlabFile: true, remote: 'git@github.com:acme/shop.git' }, 'gitlab'],
    [{ ...none, remote: 'git@github.com:acme/shop.git' }, 'github'],
    [{ ...none, remote: 'https://github.acme.example/acme/shop.git' }, 'github'],
    [{ ...none, remote: 'ssh://git@gitlab.acme.example:2222/acme/shop.git' }, 'gitlab'],
    [{ hasGithubFolder: true, hasGitlabFile: true, remote: 'https://gitlab.com/acme/shop' }, 'gitlab'],
    [{ hasGithubFolder: true, hasGitlabFile: true }, undefined],
    [{ ...none, remote: 'https://git.acme.example/github/shop' }, undefined],
    [{ ...none, remote: '/srv/git/shop' }, undefined],
    [none, undefined],
  ])('%j is %s', (signs, provider) => {
    expect(detectProvider(signs)).toBe(provider);
  });
});
