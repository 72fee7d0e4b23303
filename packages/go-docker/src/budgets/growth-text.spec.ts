import { readGrowth } from './growth-text';

describe('readGrowth', () => {
  test.each([
    ['5%', { share: 0.05 }],
    ['12.5 %', { share: 0.125 }],
    ['0%', { share: 0 }],
    ['+150%', { share: 1.5 }],
    ['200 kB', { bytes: 200_000 }],
    ['1.5MiB', { bytes: 1_572_864 }],
  ])('reads %j', (text, most) => {
    expect(readGrowth(text)).toEqual({ most });
  });

  test.each([
    ['5', '"5" says no growth: write a share or a size, such as "5%" or "200 kB"'],
    [5, '5 says no growth: write a share or a size, such as "5%" or "200 kB"'],
    ['7 percent', '"7 percent" says no growth: write a share or a size, such as "7%" or "200 kB"'],
    ['-3%', '"-3%" says no growth: write a share or a size, such as "3%" or "200 kB"'],
    ['a lot', '"a lot" says no growth: write a share or a size, such as "5%" or "200 kB"'],
    [null, 'null says no growth: write a share or a size, such as "5%" or "200 kB"'],
    ['200 Mo', '"200 Mo" is no size: write a number and a unit, such as "200 MB"'],
    ['0 kB', '"0 kB" is less than one byte: write a size above zero, such as "12 kB"'],
  ])('refuses %j', (value, problem) => {
    expect(readGrowth(value)).toEqual({ problem });
  });
});
