import { baselineOptions, checkIsHashed, namedBaseline } from './named-baseline';

const COMMIT = 'a'.repeat(40);

describe('baselineOptions', () => {
  const options = (command: string) => baselineOptions(['node', 'nx', ...command.split(' ')]);

  test.each([
    ['run api:image-size', {}],
    ['run api:image-size --base=main', { base: 'main' }],
    ['run api:image-size --base HEAD~1', { base: 'HEAD~1' }],
    ['run api:image-size --update', { update: true }],
    ['run api:image-size --update=true', { update: true }],
    ['run api:image-size --update=false', {}],
    ['run api:image-size --no-update', {}],
    ['run-many -t image-size --base=main', { base: 'main' }],
    ['image-size api --base=main', { base: 'main' }],
    ['image-size api --advise', { advise: true }],
    ['affected -t image-size --advise=true -- --base=v1', { base: 'v1', advise: true }],
    ['image-size api --no-advise', {}],
    ['affected -t image-size --base=main', {}],
    ['affected -t image-size --base=main -- --base=v1', { base: 'v1' }],
    ['--verbose affected -t image-size -- --update', { update: true }],
    ['affected -t image-size --base=main --update', { update: true }],
    ['affected -t image-size --update -- --base=v1', { base: 'v1', update: true }],
  ])('of nx %s', (command, expected) => {
    expect(options(command)).toEqual(expected);
  });
});

describe('namedBaseline', () => {
  const named = (...words: string[]) =>
    namedBaseline(['node', 'nx', 'image-size', 'api', ...words], {
      workspaceRoot: __dirname,
      signal: new AbortController().signal,
    });

  it('is another one each time for what no cache may answer', async () => {
    for (const option of ['--update', '--advise']) {
      expect(await named(option)).not.toBe(await named(option));
    }
    const besides = await named('--base=HEAD', '--advise');
    expect(besides).not.toBe(await named('--base=HEAD', '--advise'));
    expect(besides?.startsWith(`${await named('--base=HEAD')} `)).toBe(true);
  });

  it('is none for any other command', async () => {
    expect(await named()).toBeUndefined();
  });
});

describe('checkIsHashed', () => {
  test.each([
    ['nothing that moves', {}, undefined, undefined],
    ['a commit id, which does not', { base: COMMIT }, COMMIT, undefined],
    ['a branch that Nx was told of', { base: 'main' }, COMMIT, `main ${COMMIT}`],
    ['an update that Nx was told of', { update: true }, undefined, 'update 1'],
    ['a branch beside advice', { base: 'main' }, COMMIT, `main ${COMMIT} advise 1`],
  ])('takes %s', (_, options, commit, value) => {
    expect(() => checkIsHashed(options, commit, value)).not.toThrow();
  });

  test.each([
    ['a branch in a configuration', { base: 'main' }, undefined],
    ['another branch than Nx was told of', { base: 'main' }, `v1 ${COMMIT}`],
    ['another branch beside advice', { base: 'main' }, `v1 ${COMMIT} advise 1`],
    ['a branch that has moved since', { base: 'main' }, `main ${'b'.repeat(40)}`],
    ['an update in a configuration', { update: true }, undefined],
    ['an update beside a base', { update: true }, `main ${COMMIT}`],
  ])('refuses %s', (_, options, value) => {
    expect(() => checkIsHashed(options, COMMIT, value)).toThrow(/command line/);
  });
});
