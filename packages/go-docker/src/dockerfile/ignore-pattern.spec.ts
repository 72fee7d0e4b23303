import { ignorePattern } from './ignore-pattern';

// Each pattern was given to BuildKit in an ignore file, and let in this one file and none of its neighbours.
describe('an ignore pattern', () => {
  it.each([
    ['apps/api/main.go', 'apps/api/main.go'],
    ['pages/a b.html', 'pages/a b.html'],
    ['pages/[id].html', String.raw`pages/\[id\].html`],
    ['[lang]/index.html', String.raw`\[lang\]/index.html`],
    ['what?*.txt', String.raw`what\?\*.txt`],
    ['a^b', String.raw`a\^b`],
    [String.raw`a\b`, String.raw`a\\b`],
    ['#1.txt', String.raw`\#1.txt`],
    ['!important', String.raw`\!important`],
    ['a/#1!', 'a/#1!'],
    ['c++/a(b){c}$d|e.txt', 'c++/a(b){c}$d|e.txt'],
    ['é/ü.txt', 'é/ü.txt'],
  ])('of %s is %s', (path, pattern) => {
    expect(ignorePattern(path)).toBe(pattern);
  });

  it.each([' a', 'a ', 'a\nb', 'a\r'])('of %j there is none', (path) => {
    expect(() => ignorePattern(path)).toThrow(
      `The build context cannot be limited to ${JSON.stringify(path)}\n→ Rename it`,
    );
  });
});
