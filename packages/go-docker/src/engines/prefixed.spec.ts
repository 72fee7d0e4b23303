import { linePrefixer, prefixed } from './prefixed';

describe('a prefix', () => {
  it('stands before each line, whatever characters it has', () => {
    expect(prefixed('one\ntwo\n', '[$&] ')).toBe('[$&] one\n[$&] two');
  });

  it('stands before whole lines of a text that comes in pieces', () => {
    const written: string[] = [];
    const write = linePrefixer('[api] ', (text) => written.push(text));
    for (const piece of ['o', 'ne\ntw', 'o\n', 'thr']) write(piece);
    expect(written).toEqual(['[api] one\n', '[api] two\n']);
  });

  it('leaves a text as it comes where it is nothing', () => {
    const written: string[] = [];
    linePrefixer('', (text) => written.push(text))('half a li');
    expect(written).toEqual(['half a li']);
  });
});
