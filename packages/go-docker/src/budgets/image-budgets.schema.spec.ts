import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { readGrowth } from './growth-text';
import { LIMIT_KINDS, SIZE_KINDS } from './limits';
import { readBudgets } from './read-budgets';
import { readSize } from './sizes';

interface Text {
  readonly pattern: string;
  readonly examples: readonly string[];
}

interface Alternatives {
  readonly oneOf: readonly { readonly properties?: Record<string, object> }[];
}

interface BudgetSchema {
  readonly properties: Record<string, object>;
  readonly definitions: {
    readonly budget: Alternatives;
    readonly sum: Alternatives;
    readonly growth: Alternatives;
    readonly growthOfSize: Text;
    readonly size: Text;
  };
}

const schema: BudgetSchema = JSON.parse(readFileSync(join(__dirname, 'image-budgets.schema.json'), 'utf8'));
const { budget, growth, growthOfSize, size, sum } = schema.definitions;

/** Keywords of editors. */
const keywords = ['allowComments', 'allowTrailingCommas'];
const validate = new Ajv({ strict: true, strictRequired: false, keywords }).compile(schema);

const keysOf = ({ oneOf }: Alternatives) => oneOf.flatMap(({ properties }) => Object.keys(properties ?? {}));

/** What the reader says to an object with one unknown key: it names those that it knows. */
function knownKeys(wrap: (object: object) => object): string[] {
  try {
    readBudgets(JSON.stringify(wrap({ '-': '' })), 'image-budgets.json');
  } catch (error) {
    return [
      ...String(error)
        .replace(/^.*the keys here are/s, '')
        .matchAll(/"([^"]+)"/g),
    ].map(([, key = '']) => key);
  }
  throw new Error('an unknown key was read');
}

describe('the JSON schema of the budget file', () => {
  test('names the kinds of limit that are read', () => {
    expect(keysOf(budget)).toEqual([...LIMIT_KINDS, 'growth']);
    expect(keysOf(budget)).toEqual(knownKeys((object) => ({ default: object })));
    expect(keysOf(sum)).toEqual([...SIZE_KINDS]);
    expect(keysOf(sum)).toEqual(knownKeys((object) => ({ sum: object })));
    expect(keysOf(growth)).toEqual(knownKeys((object) => ({ default: { growth: object } })));
  });

  test('names the keys that are read, and no other', () => {
    for (const key of Object.keys(schema.properties)) {
      const value = key === '$schema' ? 'schema.json' : key === 'projects' ? {} : '15 MB';
      expect(() => readBudgets(JSON.stringify({ [key]: value }), 'image-budgets.json')).not.toThrow();
    }
    expect(Object.keys(schema.properties)).toEqual(['$schema', 'default', 'projects', 'sum']);
  });

  test('lets no object be without a limit, as the reader does', () => {
    for (const { oneOf } of [budget, sum, growth]) expect(oneOf[1]).toMatchObject({ minProperties: 1 });
  });

  test('takes the growth that is read, and no other', () => {
    const pattern = new RegExp(growthOfSize.pattern);
    const growthLike = fc.stringMatching(/^[ +-]{0,2}[0-9]{1,3}(\.[0-9])? {0,2}(%|%%|kB|MB|mb|)$/);
    fc.assert(
      fc.property(fc.oneof(growthLike, fc.string()), (text) => {
        expect(pattern.test(text)).toBe('most' in readGrowth(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(growthOfSize.examples)('its example %j is read', (example) => {
    expect(readGrowth(example)).toHaveProperty('most');
  });

  test('takes the sizes that are read, and no other', () => {
    const pattern = new RegExp(size.pattern);
    const sizeLike = fc.stringMatching(
      /^[ +-]{0,2}[0-9]{0,3}[.,]?[0-9]{0,2} {0,2}(B|kB|KB|MB|GiB|Mo|mb|M|)$/,
    );
    const farOff = fc.stringMatching(
      /^\+?0{0,2}[0-9]{1,17}(\.0{0,9}[0-9]{0,11})? ?(B|kB|KB|MB|GB|KiB|MiB|GiB)$/,
    );
    fc.assert(
      fc.property(fc.oneof(sizeLike, farOff, fc.string()), (text) => {
        expect(pattern.test(text)).toBe('bytes' in readSize(text));
        expect(new RegExp(growthOfSize.pattern).test(text)).toBe('most' in readGrowth(text));
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ...['0.4 B', '0.5 B', '1.5 B', '0.0004 kB', '0.0000001 MiB'],
    ...['9007199254740993 B', '9007199254741 kB', '9007200 GB', '10000000 GiB'],
  ])('refuses %j, as the reader does', (text) => {
    expect(new RegExp(size.pattern).test(text)).toBe(false);
    expect(readSize(text)).toHaveProperty('problem');
  });

  test.each([
    [1, true],
    [0, false],
    [1.5, false],
    [9_007_199_254_740_991, true],
    [9_007_199_254_740_992, false],
  ])('takes %d layers as the reader does: %s', (layers, isTaken) => {
    const file = { default: { layers } };
    expect(validate(file)).toBe(isTaken);
    const read = () => readBudgets(JSON.stringify(file), 'image-budgets.json');
    if (isTaken) expect(read).not.toThrow();
    else expect(read).toThrow('the number of layers is');
  });

  test.each(size.examples)('its example %j is read', (example) => {
    expect(readSize(example)).toHaveProperty('bytes');
  });
});
