import type { BudgetProject } from './limits';
import { readBudgets } from './read-budgets';

const FILE = 'image-budgets.json';

const PROJECTS: readonly BudgetProject[] = [
  { name: 'api', tags: ['go', 'scope:shop'], hasImage: true },
  { name: 'api-users', tags: ['go'], hasImage: true },
  { name: 'pricing', tags: ['library'], hasImage: false },
];

function read(...lines: string[]) {
  return readBudgets(lines.join('\n'), FILE, PROJECTS);
}

/** The message of the error that reading ends in. */
function mistakes(...lines: string[]): string {
  try {
    read(...lines);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('it was read without an error');
}

describe('readBudgets', () => {
  test('reads every place a budget can stand in, with the line of each limit', () => {
    const { entries, sum } = read(
      '{',
      '  // the file of the whole workspace',
      '  "$schema": "./schema.json",',
      '  "default": { "unpacked": "25 MB" },',
      '  "projects": {',
      '    "api": {',
      '      "unpacked": "15 MB",',
      '      "compressed": "6 MiB",',
      '    },',
      '    "tag:go": "20 MB",',
      '    "api-*": { "compressed": "900 kB" }',
      '  },',
      '  "sum": { "compressed": "60 MB" }',
      '}',
    );
    const at = (line: number) => ({ file: FILE, line });
    const api = { type: 'project', key: 'api' };
    expect(entries).toEqual([
      {
        rule: { type: 'default', key: 'default' },
        limits: {
          unpacked: {
            kind: 'unpacked',
            bytes: 25_000_000,
            text: '25 MB',
            source: { from: 'file', location: at(4), rule: { type: 'default', key: 'default' } },
          },
        },
      },
      {
        rule: api,
        limits: {
          unpacked: {
            kind: 'unpacked',
            bytes: 15_000_000,
            text: '15 MB',
            source: { from: 'file', location: at(7), rule: api },
          },
          compressed: {
            kind: 'compressed',
            bytes: 6_291_456,
            text: '6 MiB',
            source: { from: 'file', location: at(8), rule: api },
          },
        },
      },
      {
        rule: { type: 'tag', key: 'tag:go' },
        limits: { unpacked: expect.objectContaining({ bytes: 20_000_000, text: '20 MB' }) },
      },
      {
        rule: { type: 'pattern', key: 'api-*' },
        limits: { compressed: expect.objectContaining({ bytes: 900_000 }) },
      },
    ]);
    expect(sum.compressed).toMatchObject({ bytes: 60_000_000, source: { location: at(13) } });
  });

  test.each(['', '  \n', '// nothing yet\n', '{}'])('takes %j for a file without budgets', (text) => {
    expect(readBudgets(text, FILE)).toEqual({ entries: [], sum: {} });
  });

  test('takes a bare size for the unpacked one, in every place', () => {
    const { entries, sum } = read('{ "default": "25 MB", "projects": { "api": "15 MB" }, "sum": "60 MB" }');
    expect(entries.map(({ limits }) => limits)).toEqual([
      { unpacked: expect.objectContaining({ text: '25 MB' }) },
      { unpacked: expect.objectContaining({ text: '15 MB' }) },
    ]);
    expect(sum).toEqual({ unpacked: expect.objectContaining({ text: '60 MB' }) });
  });

  test('does not mind a byte order mark and Windows line ends', () => {
    const { entries } = read('\uFEFF{\r', '  "default": "25 MB"\r', '}');
    expect(entries[0]?.limits.unpacked).toMatchObject({
      bytes: 25_000_000,
      source: { location: { line: 2 } },
    });
  });

  test('does not judge names where the projects are not known', () => {
    expect(() => readBudgets('{ "projects": { "nobody": "1 MB" } }', FILE)).not.toThrow();
  });

  test('shows all mistakes at once, in the order of their lines', () => {
    expect(
      mistakes(
        '{',
        '  "sum": "-3 MB",',
        '  "default": { "unpaked": "25 MB" },',
        '  "projects": {',
        '    "apu": "15 MB",',
        '    "api": { "unpacked": "12 Mo", "growth": "5%" },',
        '    "tag:og": 15,',
        '    "web-*": "0 MB"',
        '  },',
        '  "projets": {}',
        '}',
      ),
    ).toBe(
      [
        'image-budgets.json: 10 mistakes',
        '  image-budgets.json:2: "-3 MB" is negative: write a size above zero, such as "3 MB"',
        '  image-budgets.json:3: unknown key "unpaked": did you mean "unpacked"?',
        '  image-budgets.json:5: a budget for "apu", and there is no such project: did you mean "api"?',
        '  image-budgets.json:6: "12 Mo" is no size: write a number and a unit, such as "12 MB"',
        '  image-budgets.json:6: "growth" is not supported yet: this version holds "unpacked", "compressed"; take the key out',
        '  image-budgets.json:7: the budget of "tag:og" is 15: write a size, such as "15 MB", or an object, such as { "unpacked": "15 MB", "compressed": "6 MB" }',
        '  image-budgets.json:7: a budget for "tag:og", and no project with an image has such a tag: did you mean "tag:go"?',
        '  image-budgets.json:8: "0 MB" is less than one byte: write a size above zero, such as "12 MB"',
        '  image-budgets.json:8: a budget for "web-*", and no project with an image has such a name: correct the pattern or take the entry out',
        '  image-budgets.json:10: unknown key "projets": did you mean "projects"?',
      ].join('\n'),
    );
  });

  test('names the keys there are where none is near', () => {
    expect(mistakes('{ "api": "15 MB" }')).toBe(
      'image-budgets.json:1: unknown key "api": the keys here are "default", "projects", "sum"',
    );
    expect(mistakes('{ "default": { "size": "15 MB" } }')).toBe(
      'image-budgets.json:1: unknown key "size": the keys here are "unpacked", "compressed"',
    );
  });

  test('refuses growth in the sum and in the default as well', () => {
    expect(mistakes('{', '"default": { "growth": "5%" },', '"sum": { "growth": "5%" }', '}')).toContain(
      'image-budgets.json: 2 mistakes',
    );
  });

  test('refuses a number: a size has a unit', () => {
    expect(mistakes('{ "default": { "unpacked": 4000000 } }')).toBe(
      'image-budgets.json:1: 4000000 is no size: write a number and a unit, such as "4000000 B"',
    );
  });

  test.each([
    ['null', 'null is no size: write a number and a unit, such as "12 MB"'],
    ['[]', '[] is no size: write a number and a unit, such as "12 MB"'],
    ['{}', '{} is no size: write a number and a unit, such as "12 MB"'],
  ])('refuses %s for a size', (value, text) => {
    expect(mistakes(`{ "default": { "compressed": ${value} } }`)).toBe(`image-budgets.json:1: ${text}`);
  });

  test('refuses a list for the whole file', () => {
    expect(mistakes('["15 MB"]')).toBe(
      'image-budgets.json:1: a budget file is an object, not a list: write { "default": { "unpacked": "25 MB" } }',
    );
  });

  test('refuses a list of projects', () => {
    expect(mistakes('{', '  "projects": ["api"]', '}')).toBe(
      'image-budgets.json:2: "projects" is a list: write an object of names, such as { "api": { "unpacked": "15 MB" } }',
    );
  });

  test('refuses a budget that is null', () => {
    expect(mistakes('{ "default": null }')).toMatch(
      /^image-budgets.json:1: the budget of "default" is null: write a size/,
    );
  });

  test('refuses a key that stands twice, of which JSON would drop the first', () => {
    expect(mistakes('{ "projects": {', '  "api": "15 MB",', '  "api": "90 MB"', '} }')).toBe(
      'image-budgets.json:3: "api" is already on line 2: keep one of them',
    );
  });

  test('tells a project without an image from one that is not there', () => {
    expect(mistakes('{ "projects": { "pricing": "1 MB" } }')).toBe(
      'image-budgets.json:1: a budget for "pricing", which has no image: take the entry out, or run nx g go-docker:setup pricing',
    );
    expect(mistakes('{ "projects": { "warehouse": "1 MB" } }')).toBe(
      'image-budgets.json:1: a budget for "warehouse", and there is no such project: correct the name or take the entry out',
    );
  });

  test('does not count a tag or a pattern that reaches only projects without an image', () => {
    expect(mistakes('{ "projects": { "tag:library": "1 MB" } }')).toContain(
      'no project with an image has such a tag',
    );
    expect(mistakes('{ "projects": { "pric*": "1 MB" } }')).toContain(
      'no project with an image has such a name',
    );
  });
});

describe('a budget file that is no JSON', () => {
  test('a missing comma is found with its line', () => {
    expect(mistakes('{', '  "default": "25 MB"', '  "sum": "60 MB"', '}')).toBe(
      'image-budgets.json:3: a comma is missing before "sum"',
    );
  });

  test('an unclosed object is found at the end', () => {
    expect(mistakes('{', '  "default": "25 MB"')).toBe(
      'image-budgets.json:2: a closing } is missing before the end of the file',
    );
  });

  test('single quotes are named', () => {
    expect(mistakes('{ "default": \'25 MB\' }')).toContain('image-budgets.json:1: ');
  });

  test('several broken lines are shown together, one message a line', () => {
    expect(mistakes('{', '  "default": ,', '  "sum" "60 MB"', '}')).toBe(
      [
        'image-budgets.json: 2 mistakes',
        '  image-budgets.json:2: a value was expected before ,',
        '  image-budgets.json:3: a colon is missing before "60 MB"',
      ].join('\n'),
    );
  });
});
