import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SIZE_KINDS } from './limits';
import { readBudgets } from './read-budgets';
import { readSize } from './sizes';

interface BudgetSchema {
  readonly properties: Record<string, object>;
  readonly definitions: {
    readonly budget: { readonly oneOf: readonly { readonly properties?: Record<string, object> }[] };
    readonly size: { readonly pattern: string; readonly examples: readonly string[] };
  };
}

const schema: BudgetSchema = JSON.parse(readFileSync(join(__dirname, 'image-budgets.schema.json'), 'utf8'));
const { budget, size } = schema.definitions;

describe('the JSON schema of the budget file', () => {
  test('names the kinds of size that are read', () => {
    const kinds = budget.oneOf.flatMap(({ properties }) => Object.keys(properties ?? {}));
    expect(kinds).toEqual([...SIZE_KINDS]);
  });

  test('names the keys that are read, and no other', () => {
    for (const key of Object.keys(schema.properties)) {
      const value = key === '$schema' ? 'schema.json' : {};
      expect(() => readBudgets(JSON.stringify({ [key]: value }), 'image-budgets.json')).not.toThrow();
    }
    expect(Object.keys(schema.properties)).toEqual(['$schema', 'default', 'projects', 'sum']);
  });

  test('takes the sizes that are read, and no other', () => {
    const pattern = new RegExp(size.pattern);
    const sizeLike = fc.stringMatching(
      /^[ +-]{0,2}[0-9]{0,3}[.,]?[0-9]{0,2} {0,2}(B|kB|KB|MB|GiB|Mo|mb|M|)$/,
    );
    // Below a byte only reading can tell: a pattern does not multiply.
    const aByteOrMore = sizeLike.filter((text) => !/^\W*0?\.\d+ *B$|^[ +]*0+\.\d+ *B$/.test(text));
    fc.assert(
      fc.property(fc.oneof(aByteOrMore, fc.string()), (text) => {
        expect(pattern.test(text)).toBe('bytes' in readSize(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(size.examples)('its example %j is read', (example) => {
    expect(readSize(example)).toHaveProperty('bytes');
  });
});
