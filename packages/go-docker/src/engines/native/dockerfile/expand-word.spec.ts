import { expandWord, UnreadableWord } from './expand-word';

const variables = new Map([
  ['A', 'x1'],
  ['EMPTY', ''],
  ['FILE', 'a.tar.gz'],
]);
const expand = (word: string, raw = false) =>
  expandWord(word, (name) => variables.get(name), { escape: '\\', raw });

// What BuildKit 0.13 made of each word in an ENV of a Dockerfile.
describe('a word of a Dockerfile', () => {
  it.each([
    ['a', 'a'],
    ['"b c"', 'b c'],
    ["'d $A'", 'd $A'],
    ['$A', 'x1'],
    ['${A}$A', 'x1x1'],
    ['${UNSET}', ''],
    ['${UNSET:-q}', 'q'],
    ['${EMPTY:-q}', 'q'],
    ['${EMPTY-q}', ''],
    ['${A:+w}', 'w'],
    ['${EMPTY:+w}', ''],
    ['${EMPTY+w}', 'w'],
    ['${UNSET:-${A}}', 'x1'],
    ['\\$A', '$A'],
    ['"x\\"y"', 'x"y'],
    ['p\\ q', 'p q'],
    ['"$A\'s"', "x1's"],
    ['"a\\b"', 'a\\b'],
    ['a\\b', 'ab'],
    ['$A$', 'x1$'],
    ['"$"', '$'],
    ['$${UNSET-z}', '{UNSET-z}'],
    ['${A#x}', '1'],
    ['${FILE%.*}', 'a.tar'],
    ['${FILE%%.*}', 'a'],
    ['ü', 'ü'],
    ['$Aü', ''],
  ])('%s is %j', (word, value) => {
    expect(expand(word)).toBe(value);
  });

  it('keeps its quotes in a heredoc, and loses its escapes', () => {
    expect(expand('a \\\\ b \\n c \\" \'$A\' "\\x"', true)).toBe('a \\ b n c " \'x1\' "x"');
  });

  it.each(['${A', '"a', "'a", '${A!b}'])('is refused as %s', (word) => {
    expect(() => expand(word)).toThrow(UnreadableWord);
  });

  it('may say that a variable must be set', () => {
    expect(() => expand('${UNSET:?give a version}')).toThrow('UNSET is not set: give a version');
    expect(expand('${A:?give a version}')).toBe('x1');
  });
});
