import { joinPath, parentPath } from './workspace-path';

describe('joinPath', () => {
  it.each([
    ['.', './apps/api', 'apps/api'],
    ['apps/api', '../../libs/a/', 'libs/a'],
    ['apps', '..', '.'],
    ['.', '.', '.'],
    ['apps', '../..', undefined],
    ['.', '../x', undefined],
  ])('%s and %s are %s', (directory, path, joined) => {
    expect(joinPath(directory, path)).toBe(joined);
  });
});

describe('parentPath', () => {
  it.each([
    ['a/b', 'a'],
    ['a', '.'],
    ['.', '.'],
  ])('of %s is %s', (path, parent) => {
    expect(parentPath(path)).toBe(parent);
  });
});
