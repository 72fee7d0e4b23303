import { memoryFileSystem } from '@go-docker/go-workspace';
import { embeddedPatterns } from './embedded-patterns';
import { affected, hashed } from './fixtures/nx-matchers';

const VISIBLE = ['p/a.html', 'p/en/a.html', 'p/en/de/b.txt', 'p/größe.html', 'p/a_b'];
const HIDDEN = ['p/_a', 'p/.a', 'p/en/_a', 'p/en/de/.a'];
const BELOW_HIDDEN = ['p/_x/a.html', 'p/en/.y/b.html'];
const OUTSIDE = ['pp/a.html', 'q/p/a.html', 'p'];
const ALL = [...VISIBLE, ...HIDDEN, ...BELOW_HIDDEN, ...OUTSIDE];

function patternsOf(there: readonly string[], how: 'embedFolders' | 'embedAll', compiled = there) {
  const files = memoryFileSystem(Object.fromEntries(there.map((path) => [path, ''])));
  const packages = [{ embedFolders: [], embedAll: [], [how]: ['p'] }];
  return embeddedPatterns(files, packages, () => new Set(compiled)).patterns;
}

describe('the input patterns of an embedded folder', () => {
  it.each<[string, readonly string[], string[]]>([
    ['all but hidden files', patternsOf(VISIBLE, 'embedFolders'), [...VISIBLE, ...BELOW_HIDDEN]],
    [
      'all but those that are there',
      patternsOf([...VISIBLE, ...HIDDEN], 'embedFolders', VISIBLE),
      [...VISIBLE, ...BELOW_HIDDEN],
    ],
    [
      'hidden files that are asked for',
      patternsOf(VISIBLE, 'embedAll'),
      [...VISIBLE, ...HIDDEN, ...BELOW_HIDDEN],
    ],
  ])('match %s, in both matchers of Nx', (_, patterns, expected) => {
    expect(hashed(patterns, ALL)).toEqual(expected);
    expect(affected(patterns, ALL)).toEqual(expected);
  });

  it('are none where hidden files are asked for and some of them not embedded', () => {
    expect(patternsOf(['p/a.html', 'p/.git/config'], 'embedAll', ['p/a.html'])).toEqual([]);
  });
});
