import { comparedBases, variantsOf, variantText } from './variants';

describe('the images that are compared', () => {
  it('are every base with and without symbols, and packed where there is a builder stage', () => {
    expect(variantsOf(comparedBases, true).map(variantText)).toEqual([
      'single stage, not stripped',
      'single stage, -s -w',
      'debian, not stripped',
      'debian, -s -w',
      'debian, -s -w, UPX',
      'alpine, not stripped',
      'alpine, -s -w',
      'alpine, -s -w, UPX',
      'distroless, not stripped',
      'distroless, -s -w',
      'distroless, -s -w, UPX',
      'scratch, not stripped',
      'scratch, -s -w',
      'scratch, -s -w, UPX',
    ]);
  });

  it('are those that were asked for, from the largest base to the smallest', () => {
    expect(variantsOf(['scratch', 'alpine'], false).map(variantText)).toEqual([
      'alpine, not stripped',
      'alpine, -s -w',
      'scratch, not stripped',
      'scratch, -s -w',
    ]);
  });
});
