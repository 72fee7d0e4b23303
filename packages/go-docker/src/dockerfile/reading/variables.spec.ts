import { expandWord } from './variables';

describe('a word of a Dockerfile', () => {
  const variables = new Map([
    ['set', 'value'],
    ['empty', ''],
    ['argument', undefined],
  ]);

  // Expected as the table of https://docs.docker.com/reference/dockerfile/#environment-replacement says.
  it.each([
    ['plain', 'plain'],
    ['$set/x', 'value/x'],
    ['${set}x', 'valuex'],
    ['"$set"', 'value'],
    [String.raw`\$set`, '$set'],
    [String.raw`\${set}`, '${set}'],
    ['${set:-word}', 'value'],
    ['${empty:-word}', 'word'],
    ['${empty-word}', ''],
    ['${missing:-word}', 'word'],
    ['${missing-word}', 'word'],
    ['${missing:-$set}', 'value'],
    ['${set:+word}', 'word'],
    ['${empty:+word}', ''],
    ['${empty+word}', 'word'],
    ['${missing:+word}', ''],
    ['$empty', ''],
  ])('%s is %j', (word, expanded) => {
    expect(expandWord(word, variables, '\\')).toBe(expanded);
  });

  it.each(['$missing', '$argument', '${argument:-word}', '${argument:+word}', '${set%e}', '${set:?message}'])(
    '%s is only known to the build',
    (word) => {
      expect(expandWord(word, variables, '\\')).toBeUndefined();
    },
  );

  it('is escaped by the character that a directive names', () => {
    expect(expandWord('a`$set', variables, '`')).toBe('a$set');
    expect(expandWord(String.raw`c:\$set`, variables, '`')).toBe(String.raw`c:\value`);
  });
});
