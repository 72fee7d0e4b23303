import { ignoreRules } from './ignore-patterns';

/** The paths of a list that an ignore file leaves out. */
const ignored = (text: string, ...paths: string[]) =>
  paths.filter((path) => ignoreRules(text).isIgnored(path));

// https://docs.docker.com/build/concepts/context/#syntax
describe('an ignore file', () => {
  it('leaves out what a pattern matches, and all that lies in it', () => {
    expect(ignored('temp?\n*/temp*\n', 'tempa', 'temp', 'a/temporary', 'a/temporary/b', 'a/b/temp')).toEqual([
      'tempa',
      'a/temporary',
      'a/temporary/b',
    ]);
  });

  it('takes ** for any number of folders, none as well', () => {
    expect(ignored('**/*.go\n', 'a.go', 'b/c/a.go', 'a.gox')).toEqual(['a.go', 'b/c/a.go']);
    expect(ignored('a/**\n', 'a', 'a/b', 'a/b/c', 'ab')).toEqual(['a/b', 'a/b/c']);
    expect(ignored('**\n', 'a', 'a/b')).toEqual(['a', 'a/b']);
  });

  it('lets the last rule decide', () => {
    expect(ignored('*.md\n!README*.md\nREADME-secret.md\n', 'a.md', 'README.md', 'README-secret.md')).toEqual(
      ['a.md', 'README-secret.md'],
    );
    expect(ignored('**\n!a/b\na/b/c\n', 'x', 'a', 'a/b', 'a/b/d', 'a/b/c')).toEqual(['x', 'a', 'a/b/c']);
  });

  // What BuildKit 0.13 was seen to send for each.
  it('lets an exception for a folder count below it only where the folder was left out', () => {
    expect(ignored('a/b/*\n!**/b\n', 'a/b', 'a/b/c', 'a/b/b')).toEqual(['a/b/c']);
    expect(ignored('a\na/b/*\n!**/b\n', 'a', 'a/b', 'a/b/c', 'a/b/b')).toEqual(['a']);
  });

  it('passes over comments, empty lines, slashes at either end and a byte order mark', () => {
    expect(ignored('\u00ef\u00bb\u00bf# a\n\n /a/ \n./b\n', 'a', 'b', '# a')).toEqual(['a', 'b']);
  });

  it('takes brackets for a set of characters and a backslash for the next one', () => {
    expect(ignored('a[0-2]\n\\[b\\]\n', 'a1', 'a3', '[b]')).toEqual(['a1', '[b]']);
  });

  it('takes one sign for one character, whatever its bytes', () => {
    expect(ignored('?\n', Buffer.from('é').toString('latin1'))).toHaveLength(1);
  });

  it.each([
    ['!a/b/c', 'a', true],
    ['!a/b/c', 'a/b', true],
    ['!a/b/c', 'b', false],
    ['!a/b/c', 'a/c', false],
    ['!a', 'a/b', true],
    ['!*/x', 'node_modules', true],
    ['!*/x', 'node_modules/y', false],
    ['!**/x', 'node_modules', true],
    ['a/b', 'a', false],
  ])('with %s may let something in below %s: %s', (text, folder, expected) => {
    expect(ignoreRules(text).mayLetInBelow(folder)).toBe(expected);
  });
});
