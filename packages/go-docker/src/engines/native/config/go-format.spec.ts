import { formatDuration, goQuoted, goQuotedNumber, parseDuration } from './go-format';

// go run: fmt.Printf("%q", …), fmt.Println(d), time.ParseDuration(…)
describe('what Go writes', () => {
  it.each([
    ['a\tb', '"a\\tb"'],
    ['é "x" \\', '"é \\"x\\" \\\\"'],
    ['\u0000\u007f', '"\\x00\\x7f"'],
    ['\u00a0\u2028', '"\\u00a0\\u2028"'],
  ])('for %j is %s', (text, quoted) => {
    expect(goQuoted(text)).toBe(quoted);
  });

  it.each([
    [0, "'\\x00'"],
    [3, "'\\x03'"],
    [10, "'\\n'"],
    [34, `'"'`],
    [39, "'\\''"],
    [65, "'A'"],
  ])('for the number %i is %s', (value, quoted) => {
    expect(goQuotedNumber(value)).toBe(quoted);
  });

  it.each([
    ['90s', 90e9, '1m30s'],
    ['10s', 10e9, '10s'],
    ['1.5h', 5400e9, '1h30m0s'],
    ['500ms', 5e8, '500ms'],
    ['1s500ms', 1.5e9, '1.5s'],
    ['0', 0, '0s'],
  ])('for the duration %s is %i nanoseconds and %s', (text, nanoseconds, written) => {
    expect(parseDuration(text)).toBe(nanoseconds);
    expect(formatDuration(nanoseconds)).toBe(written);
  });

  it.each(['10', '-1s', 's', '1d'])('is no duration: %s', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
