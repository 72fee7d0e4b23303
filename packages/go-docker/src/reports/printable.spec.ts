import type { Comparison } from '../measuring/measured-image';
import { measuredPlatform, OVER, reportedImage } from '../workspace-report/fixtures/reported-image';
import { breachReport } from './breach-report';
import { changeReport } from './change-report';
import { printable } from '../printable';

describe('a name in a log', () => {
  it('is what it is, but for what a terminal or a CI system would act on', () => {
    expect(printable('/srv/größe 1|<x>.txt')).toBe('/srv/größe 1|<x>.txt');
    expect(printable('/a\n::stop-commands::x')).toBe('/a\\x0a::stop-commands::x');
    expect(printable('\u001b[2J\u009b\r\u202e')).toBe('\\x1b[2J\\x9b\\x0d\\u202e');
  });

  it('is shown so wherever a report names parts of an image', () => {
    const path = '/srv/a\n::stop-commands::x\u001b[2J';
    const file = { path, bytes: 90_000, layer: 2, isProgram: false, isHidden: false };
    const change = { name: path, state: 'new', bytes: 90_000, wasBytes: 0 } as const;
    const { comparison: untracked } = measuredPlatform();
    const program = { path, bytes: 1, breakdown: { unknown: 'of go1\u001b is unknown' } };
    const was = measuredPlatform().sizes;
    const compared: Comparison = {
      ...{ state: 'compared' as const, was, isByPackage: false },
      ...{ modules: [], packages: [], unattributed: [], files: [change] },
    };
    const texts = [
      breachReport(
        reportedImage('api', [
          measuredPlatform({ judgements: OVER, comparison: untracked, files: [file], programs: [program] }),
        ]),
      ),
      breachReport(reportedImage('api', [measuredPlatform({ judgements: OVER, comparison: compared })])),
      ...changeReport(
        reportedImage('api', [measuredPlatform({ comparison: compared, programs: [program] })]),
      ),
    ];
    expect(texts).toHaveLength(4);
    for (const text of texts) {
      expect(text).toContain('/srv/a\\x0a::stop-commands::x\\x1b[2J');
      expect(text).not.toContain('\n::');
      expect(text).not.toContain('\u001b');
    }
  });
});
