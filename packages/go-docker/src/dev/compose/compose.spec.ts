import { isOld } from './compose';

describe('a version of compose', () => {
  it.each(['2.19.1', 'v2.3.4', '1.29.2', 'v2.19.0-desktop.1'])('%s does not know include', (version) => {
    expect(isOld(version)).toBe(true);
  });

  it.each(['2.20.0', '2.26.1-4', 'v2.39.2-desktop.1', '5.0.1', 'dev'])('%s does', (version) => {
    expect(isOld(version)).toBe(false);
  });
});
