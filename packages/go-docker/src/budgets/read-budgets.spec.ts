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
        ...{ rule: { type: 'default', key: 'default' }, location: at(4) },
        limits: {
          unpacked: {
            kind: 'unpacked',
            most: 25_000_000,
            text: '25 MB',
            source: { from: 'file', location: at(4), rule: { type: 'default', key: 'default' } },
          },
        },
      },
      {
        ...{ rule: api, location: at(6) },
        limits: {
          unpacked: {
            kind: 'unpacked',
            most: 15_000_000,
            text: '15 MB',
            source: { from: 'file', location: at(7), rule: api },
          },
          compressed: {
            kind: 'compressed',
            most: 6_291_456,
            text: '6 MiB',
            source: { from: 'file', location: at(8), rule: api },
          },
        },
      },
      {
        ...{ rule: { type: 'tag', key: 'tag:go' }, location: at(10), bareSize: '20 MB' },
        limits: { unpacked: expect.objectContaining({ most: 20_000_000, text: '20 MB' }) },
      },
      {
        ...{ rule: { type: 'pattern', key: 'api-*' }, location: at(11) },
        limits: { compressed: expect.objectContaining({ most: 900_000 }) },
      },
    ]);
    expect(sum.compressed).toMatchObject({ most: 60_000_000, source: { location: at(13) } });
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

  test('shows a limit on one line, however it is written', () => {
    const { entries } = read('{ "default": { "unpacked": " 15\\n\\tMB " } }');
    expect(entries[0]?.limits.unpacked).toMatchObject({ most: 15_000_000, text: '15 MB' });
  });

  test('does not mind a byte order mark and Windows line ends', () => {
    const { entries } = read('\uFEFF{\r', '  "default": "25 MB"\r', '}');
    expect(entries[0]?.limits.unpacked).toMatchObject({
      most: 25_000_000,
      source: { location: { line: 2 } },
    });
  });

  test('does not judge names where the projects are not known', () => {
    expect(() => readBudgets('{ "projects": { "nobody": "1 MB" } }', FILE)).not.toThrow();
  });

  test.each([
    [{ default: {} }, 'the budget of "default" names no limit'],
    [{ projects: { api: {} } }, 'the budget of "api" names no limit'],
    [{ projects: { 'tag:go': {} } }, 'the budget of "tag:go" names no limit'],
    [{ sum: {} }, 'the budget of "sum" names no limit'],
    [{ default: { growth: {} } }, 'the growth names no limit'],
  ])('refuses %j, which looks like a limit and holds nothing', (file, problem) => {
    expect(mistakes(JSON.stringify(file))).toContain(`image-budgets.json:1: ${problem}: `);
  });

  test('shows all mistakes at once, in the order of their lines', () => {
    expect(
      mistakes(
        '{',
        '  "sum": "-3 MB",',
        '  "default": { "unpaked": "25 MB" },',
        '  "projects": {',
        '    "apu": "15 MB",',
        '    "api": { "unpacked": "12 Mo", "growth": "5" },',
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
        '  image-budgets.json:6: "5" says no growth: write a share or a size, such as "5%" or "200 kB"',
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
      'image-budgets.json:1: unknown key "size": the keys here are "unpacked", "compressed", "binary", "assets", "base", "layers", "growth"',
    );
  });

  test('reads every kind of limit', () => {
    const { entries } = read(
      '{ "default": {',
      '  "binary": "8 MB", "assets": "200 kB", "base": "2.5 MB",',
      '  "layers": 5,',
      '  "growth": "5%"',
      '} }',
    );
    const [limits] = entries.map((entry) => entry.limits);
    expect(limits).toMatchObject({
      binary: { most: 8_000_000 },
      assets: { most: 200_000 },
      base: { most: 2_500_000 },
      layers: { most: 5, text: '5', source: { location: { file: FILE, line: 3 } } },
    });
    expect(limits?.growth).toEqual({
      unpacked: {
        ...{ kind: 'growth', of: 'unpacked', most: { share: 0.05 }, floor: 10_000, text: '5%' },
        source: {
          ...{ from: 'file', location: { file: FILE, line: 4 }, rule: { type: 'default', key: 'default' } },
        },
      },
    });
  });

  test('reads growth of each size, with one floor for all of them', () => {
    const { entries } = read(
      '{ "default": { "growth": { "unpacked": "5%", "floor": "100 kB", "assets": "1 MB" } } }',
    );
    expect(entries[0]?.limits.growth).toMatchObject({
      unpacked: { most: { share: 0.05 }, floor: 100_000 },
      assets: { of: 'assets', most: { bytes: 1_000_000 }, floor: 100_000 },
    });
  });

  test('gives a growth in bytes no floor of its own', () => {
    const { entries } = read('{ "default": { "growth": "4 kB" } }');
    expect(entries[0]?.limits.growth?.unpacked).toMatchObject({ most: { bytes: 4000 }, floor: 0 });
  });

  test('shows all mistakes in limits of layers and growth', () => {
    expect(
      mistakes(
        '{ "default": {',
        '  "layers": "5",',
        '  "growth": { "floor": "10 ko",',
        '    "unpaked": "5%" }',
        '},',
        '"projects": { "api": { "growth": 5, "layers": 0 },',
        '  "tag:go": { "growth": { "floor": "1 kB" } },',
        '  "api-*": { "growth": { "layers": "5%", "assets": "5 percent" }, "layers": 2.5 } } }',
      ).split('\n'),
    ).toEqual([
      'image-budgets.json: 9 mistakes',
      '  image-budgets.json:2: the number of layers is "5": write a whole number above zero, such as 8',
      '  image-budgets.json:3: "10 ko" is no size: write a number and a unit, such as "10 kB"',
      '  image-budgets.json:4: unknown key "unpaked": did you mean "unpacked"?',
      '  image-budgets.json:6: the growth is 5: write a share or a size, such as "5%" or "200 kB", or an object, such as { "unpacked": "5%", "floor": "100 kB" }',
      '  image-budgets.json:6: the number of layers is 0: write a whole number above zero, such as 8',
      '  image-budgets.json:7: the growth has a floor and no limit: add one, such as "unpacked": "5%"',
      '  image-budgets.json:8: unknown key "layers": the keys here are "unpacked", "compressed", "binary", "assets", "base", "floor"',
      '  image-budgets.json:8: "5 percent" says no growth: write a share or a size, such as "5%" or "200 kB"',
      '  image-budgets.json:8: the number of layers is 2.5: write a whole number above zero, such as 8',
    ]);
  });

  test('refuses layers and growth in the sum, which has neither', () => {
    expect(mistakes('{ "sum": {', '"growth": "5%",', '"layers": 5,', '"binary": "5 MB" } }')).toBe(
      [
        'image-budgets.json: 2 mistakes',
        '  image-budgets.json:2: "growth" has no sum: write it in "default", where it holds for every image, or for projects',
        '  image-budgets.json:3: "layers" has no sum: write it in "default", where it holds for every image, or for projects',
      ].join('\n'),
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
