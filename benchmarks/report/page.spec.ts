import { benchmarkSection, withSection } from './page.mjs';

const GRAPH = '## Graph\n\nOne.\n\n### Targets\n\nNone.\n';
const IMAGES = '## Images\n\nTwo.\n';
const PAGE = `# Benchmarks\n\n${GRAPH}\n${IMAGES}`;

describe('the page of the benchmarks', () => {
  it('takes a new section behind all others', () => {
    expect(withSection('', GRAPH)).toBe(`# Benchmarks\n\n${GRAPH}`);
    expect(withSection(`# Benchmarks\n\n${GRAPH}`, IMAGES)).toBe(PAGE);
  });

  it('has a section anew in its place, and leaves those of other benchmarks as they are', () => {
    expect(withSection(PAGE, '## Graph\n\nThree.\n')).toBe(`# Benchmarks\n\n## Graph\n\nThree.\n\n${IMAGES}`);
    expect(withSection(PAGE, IMAGES)).toBe(PAGE);
  });

  it('says what was run, what was measured, and what is missed', () => {
    const section = benchmarkSection('Images', {
      command: 'npm run bench:image -- --quick',
      machine: '2 cores.',
      sections: [
        {
          title: '20 apps',
          tables: [{ head: ['', 'cold'], rows: [['ko', '5 ms']] }],
          notes: ['A note.'],
          targets: [
            { what: 'a / b', value: 1.204, limit: 1.2 },
            { what: 'a / c', value: 0.5, limit: 1 },
          ],
        },
      ],
    });
    expect(section).toContain('## Images\n\n<!-- Written by `npm run bench:image -- --write`. -->');
    expect(section).toContain('one run of `npm run bench:image -- --quick`');
    expect(section).toContain('| a / b | 1.2 | ≤ 1.2 | **missed** |\n| a / c | 0.5 | ≤ 1 | met |');
    expect(section).toContain('### 20 apps\n\n|  | cold |\n| --- | ---: |\n| ko | 5 ms |\n\nA note.\n');
  });
});
