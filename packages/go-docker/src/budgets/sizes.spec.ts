import fc from 'fast-check';
import { GoDockerError } from '../errors';
import {
  formatDifference,
  formatShare,
  formatShareAbove,
  formatSize,
  parseSize,
  readSize,
  roundedUpSize,
} from './sizes';

describe('parseSize', () => {
  test.each([
    ['1 B', 1],
    ['800 kB', 800_000],
    ['800 KB', 800_000],
    ['15 MB', 15_000_000],
    ['2 GB', 2_000_000_000],
    ['1 KiB', 1_024],
    ['15 MiB', 15_728_640],
    ['1 GiB', 1_073_741_824],
  ])('reads %j as %d bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each([
    ['1.5 MB', 1_500_000],
    ['0.5KiB', 512],
    ['7.69 MB', 7_690_000],
    ['1.1 MB', 1_100_000],
    ['+3 MB', 3_000_000],
  ])('takes decimals: %j is %d whole bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each(['15MB', ' 15 MB ', '15\tMB', '15   MB'])('does not mind the white space in %j', (text) => {
    expect(parseSize(text)).toBe(15_000_000);
  });

  test.each([
    ['12 Mo', '12 MB'],
    ['12 mo', '12 MB'],
    ['12 mb', '12 MB'],
    ['12 M', '12 MB'],
    ['12 megabytes', '12 MB'],
    ['300 ko', '300 kB'],
    ['2 Go', '2 GB'],
    ['12 Mio', '12 MiB'],
    ['12 Mi', '12 MiB'],
    ['64 kib', '64 KiB'],
    ['900 bytes', '900 B'],
    ['900 octets', '900 B'],
    ['12 parsecs', '12 MB'],
    ['12,5 MB', '12.5 MB'],
    ['12', '12 MB'],
    ['4000000', '4000000 B'],
    ['', '12 MB'],
    ['MB', '12 MB'],
    ['NaN', '12 MB'],
    ['NaN MB', '12 MB'],
    ['Infinity MB', '12 MB'],
    ['1e3 kB', '12 MB'],
    ['5%', '12 MB'],
    ['12 MB or so', '12 MB'],
    ['--3 MB', '12 MB'],
  ])('refuses %j and proposes %j', (text, example) => {
    expect(() => parseSize(text)).toThrow(
      new GoDockerError(
        `${JSON.stringify(text)} is no size: write a number and a unit, such as "${example}"`,
      ),
    );
  });

  test('refuses a negative size', () => {
    expect(() => parseSize('-3 MB')).toThrow('"-3 MB" is negative: write a size above zero, such as "3 MB"');
  });

  test.each(['0 MB', '0.0 MB', '-0 MB'])('refuses zero, written %j', (text) => {
    expect(() => parseSize(text)).toThrow(
      `"${text}" is less than one byte: write a size above zero, such as "12 MB"`,
    );
  });

  test.each([
    ['0.2 B', 'is less than one byte: write fewer digits, such as "12 MB"'],
    ['0.0009 kB', 'is less than one byte: write fewer digits, such as "12 MB"'],
    ['1.5 B', 'ends within a byte: write fewer digits, such as "1 B"'],
    ['1.2345 kB', 'ends within a byte: write fewer digits, such as "1.234 kB"'],
    // 1.024 bytes.
    ['0.0010001 KiB', 'ends within a byte: write fewer digits, such as "0.001 KiB"'],
  ])('refuses a part of a byte, written %j', (text, problem) => {
    expect(() => parseSize(text)).toThrow(`"${text}" ${problem}`);
  });

  test.each([
    ['0.001 kB', 1],
    ['0.000001 MiB', 1],
    ['1.000 B', 1],
    ['0012.5000000000 MB', 12_500_000],
    ['999999999999999 B', 999_999_999_999_999],
    ['999999.999999999 GB', 999_999_999_999_999],
    ['999999 GiB', 1_073_740_750_258_176],
  ])('reads down to a byte and up to the fifteen digits that are exact: %j is %d bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each(['1000000000000000 B', '1000000000000 kB', '1000000 GB', '99999999 GiB'])(
    'refuses %j, which has more digits',
    (text) => {
      expect(() => parseSize(text)).toThrow(
        `"${text}" is larger than any image: write a smaller size, such as "12 MB"`,
      );
    },
  );

  test('tells a negative size that is none besides', () => {
    expect(() => parseSize('-1.5 B')).toThrow(
      '"-1.5 B" is negative: write a size above zero, such as "12 MB"',
    );
  });

  test('reads back every whole number of a unit', () => {
    const unit = fc.constantFrom<[string, number]>(
      ['kB', 1000],
      ['MB', 1_000_000],
      ['KiB', 1024],
      ['MiB', 1_048_576],
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), unit, (count, [name, bytes]) => {
        expect(parseSize(`${count} ${name}`)).toBe(count * bytes);
      }),
    );
  });

  test('gives whole positive bytes or a problem, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.jsonValue()), (value) => {
        const reading = readSize(value);
        expect('problem' in reading || (Number.isSafeInteger(reading.bytes) && reading.bytes > 0)).toBe(true);
      }),
    );
  });

  test('proposes only sizes that it reads', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{1,9}[.,]?[0-9]{0,2} ?[a-zA-Z]{0,4}$/)),
        (text) => {
          const reading = readSize(text);
          if (!('problem' in reading)) return;
          const [, example = ''] = /such as (".*")$/.exec(reading.problem) ?? [];
          expect(parseSize(JSON.parse(example))).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('readSize', () => {
  test.each([
    [4_000_000, '4000000 is no size: write a number and a unit, such as "4000000 B"'],
    [15, '15 is no size: write a number and a unit, such as "15 MB"'],
    [null, 'null is no size: write a number and a unit, such as "12 MB"'],
    [undefined, 'undefined is no size: write a number and a unit, such as "12 MB"'],
    [true, 'true is no size: write a number and a unit, such as "12 MB"'],
    [['15 MB'], '["15 MB"] is no size: write a number and a unit, such as "12 MB"'],
  ])('says why %j, which is no text, is no size', (value, problem) => {
    expect(readSize(value)).toEqual({ problem });
  });
});

describe('formatSize', () => {
  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1_000, '1.00 kB'],
    [7_690_000, '7.69 MB'],
    [9_994_999, '9.99 MB'],
    [9_996_000, '10.0 MB'],
    [12_345_678, '12.3 MB'],
    [99_960_000, '100 MB'],
    [120_400_000, '120 MB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [1_500_000_000, '1.50 GB'],
    [1_234_000_000_000, '1234 GB'],
    [-340_000, '-340 kB'],
  ])('shows %d bytes as %j', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  test('is read back by parseSize to within half a percent, and shows the same again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (bytes) => {
        const readBack = parseSize(formatSize(bytes));
        expect(Math.abs(readBack - bytes)).toBeLessThanOrEqual(bytes * 0.005);
        expect(formatSize(readBack)).toBe(formatSize(bytes));
      }),
    );
  });

  test('never shows a larger image as a smaller one', () => {
    const bytes = fc.integer({ min: 1, max: 1e12 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const [small, large] = [Math.min(a, b), Math.max(a, b)];
        expect(parseSize(formatSize(small))).toBeLessThanOrEqual(parseSize(formatSize(large)));
      }),
    );
  });
});

describe('roundedUpSize', () => {
  test.each([
    [7_690_000, '7.7 MB'],
    [7_700_000, '7.7 MB'],
    [7_700_001, '7.8 MB'],
    [12_345_678, '13 MB'],
    [120_400_000, '130 MB'],
    [996_000, '1000 kB'],
    [1_000, '1 kB'],
    [512, '520 B'],
    [7, '7 B'],
    [2_010_000_000, '2.1 GB'],
  ])('writes the limit for %d bytes as %j', (bytes, text) => {
    expect(roundedUpSize(bytes)).toBe(text);
  });

  test('never gives a limit that the size is over, and none that is a tenth above it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (bytes) => {
        const limit = parseSize(roundedUpSize(bytes));
        expect(limit).toBeGreaterThanOrEqual(bytes);
        expect(limit).toBeLessThanOrEqual(bytes * 1.1);
      }),
    );
  });
});

describe('formatDifference', () => {
  test.each([
    [1_200_000, '+1.20 MB'],
    [-340_000, '-340 kB'],
    [0, '0 B'],
    [3, '+3 B'],
  ])('shows %d bytes as %j', (bytes, text) => {
    expect(formatDifference(bytes)).toBe(text);
  });
});

describe('formatShareAbove', () => {
  test.each([
    [5.04, 100, 0.05, '5.04%'],
    [5.06, 100, 0.05, '5.1%'],
    [5.004, 100, 0.05, '5.004%'],
    [5.00004, 100, 0.05, 'more than 5%'],
    [10.3, 100, 0.1, '10.3%'],
    // 0.29 * 100 and 0.07 * 100 are not whole in binary.
    [29.3, 100, 0.29, '29.3%'],
    [7.04, 100, 0.07, '7.04%'],
    [192, 100, 1, '192%'],
    [100.3, 100, 1, '100.3%'],
    [3, 100_000, 0, 'less than 0.1%'],
    [3, 100_000, 0.00002, '0.003%'],
  ])('shows %d of %d, where the limit is %d, as %j', (part, whole, limit, text) => {
    expect(formatShareAbove(part, whole, limit)).toBe(text);
  });
});

describe('formatShare', () => {
  test.each([
    [51, 100, '51%'],
    [3_400, 100_000, '3.4%'],
    [3, 4_000_000, 'less than 0.1%'],
    [0, 100, '0%'],
    [192, 100, '192%'],
    [996, 10_000, '10%'],
    [10, 200, '5%'],
  ])('shows %d of %d as %j', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text);
  });
});
