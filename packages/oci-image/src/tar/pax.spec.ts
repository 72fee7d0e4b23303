import { decodePax, encodePax } from './pax';

describe('encodePax', () => {
  // The length counts itself: with 2 digits, the sign and the line feed, `path=` leaves these many characters.
  it.each([
    ['path', 'a', '9 path=a\n'],
    ['path', 'x'.repeat(90), `99 path=${'x'.repeat(90)}\n`],
    ['path', 'x'.repeat(91), `101 path=${'x'.repeat(91)}\n`],
    ['a', 'b', '6 a=b\n'],
  ])('writes %s=%s with its length', (key, value, expected) => {
    expect(encodePax(new Map([[key, value]])).toString()).toBe(expected);
  });
});

describe('decodePax', () => {
  it('reads values with line feeds, equals signs and bytes that are no text', () => {
    const body = Buffer.from('10 a=\n=\xff\0x6 b=c\n'.replace('x', '\n'), 'latin1');
    expect([...decodePax(body, 'layer')]).toEqual([
      ['a', '\n=\xff\0'],
      ['b', 'c'],
    ]);
  });
});
