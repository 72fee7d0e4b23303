import { unquote } from './go-quote';

describe('unquote', () => {
  // Each pair was printed by strconv.Quote, or taken from https://go.dev/ref/spec#String_literals
  it.each([
    ['""', ''],
    ['"two words"', 'two words'],
    ['"a\\tb\\n\\\\\\""', 'a\tb\n\\"'],
    ['"\\xe6\\x97\\xa5"', '日'],
    ['"\\u65e5\\U00008a9e"', '日語'],
    ['"\\346\\227\\245"', '日'],
    ['`raw\\n`', 'raw\\n'],
  ])('reads %s', (quoted, expected) => {
    expect(unquote(quoted)).toBe(expected);
  });

  it.each(['', '"', '"open', '`a`b`', '"a"b"', '"\\q"', '"\\400"', '"\\U00110000"', 'plain'])(
    'refuses %s',
    (quoted) => {
      expect(unquote(quoted)).toBeUndefined();
    },
  );
});
