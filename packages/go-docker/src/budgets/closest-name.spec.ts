import { closestName } from './closest-name';

describe('closestName', () => {
  test.each([
    ['unpaked', 'unpacked'],
    ['compresed', 'compressed'],
    ['UNPACKED', 'unpacked'],
    ['npuacked', 'unpacked'],
  ])('finds what %s was meant to be', (name, meant) => {
    expect(closestName(name, ['compressed', 'unpacked'])).toBe(meant);
  });

  test('finds a swap of two letters in a short name', () => {
    expect(closestName('aip', ['web', 'api'])).toBe('api');
  });

  test('takes the nearest of several', () => {
    expect(closestName('worker1', ['worker', 'worker12', 'worked'])).toBe('worker');
  });

  test('proposes nothing that is far away', () => {
    expect(closestName('warehouse', ['api', 'web', 'worker'])).toBeUndefined();
    expect(closestName('x', [])).toBeUndefined();
  });
});
