import { alpine, scratch, singleStage } from './fixtures/variants';
import { isBuilt } from './image-comparison';
import { reductionText, withReductions } from './reductions';

const saved = (variants: Parameters<typeof withReductions>[0]) =>
  withReductions(variants).variants.map((variant) => (isBuilt(variant) ? variant.reduction : undefined));

describe('what an image saves', () => {
  it('is counted from the single stage that is not stripped', () => {
    expect(withReductions([alpine, singleStage]).reference).toEqual({
      base: 'single-stage',
      program: 'plain',
    });
    // 13 MB of 1 GB, and 6 MB of 300 MB.
    expect(saved([alpine, singleStage])).toEqual([{ unpacked: 0.987, compressed: 0.98 }, undefined]);
  });

  it('is counted from the largest image where there is no single stage', () => {
    const [ofAlpine, ofScratch] = saved([alpine, scratch]);
    expect(ofAlpine).toBeUndefined();
    expect(ofScratch?.unpacked).toBeCloseTo(3 / 13, 12);
    expect(ofScratch?.compressed).toBeCloseTo(2 / 6, 12);
  });

  it('is nothing where nothing was built', () => {
    const failed = { base: 'alpine', program: 'plain', outcome: 'failed', reason: 'no' } as const;
    expect(withReductions([failed])).toEqual({ variants: [failed] });
  });

  it.each([
    [0.987, '98.7%'],
    [0.99996, '99.9%'],
    [0.0704, '7.0%'],
    [0, '0.0%'],
    [-0.25, '-25.0%'],
    // A tenth, which is 0.09999999999999998 here.
    [1 - 90 / 100, '10.0%'],
    [0.0289, '2.8%'],
  ])('%d is shown as %s, never as more', (reduction, text) => {
    expect(reductionText(reduction)).toBe(text);
  });
});
