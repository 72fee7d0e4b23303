import fc from 'fast-check';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { insertProperty } from './insert-property';

/** Inserts `"new": 1` into the object at a path. */
function insert(text: string, ...path: string[]): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const object = root && findNodeAtLocation(root, path);
  if (!object) throw new Error('the test names no object');
  return insertProperty(text, object, 'new', () => '1');
}

describe('insertProperty', () => {
  test.each([
    ['{}', '{ "new": 1 }'],
    ['{ }', '{ "new": 1 }'],
    ['{\n}', '{\n  "new": 1\n}'],
    ['{ "a": 0 }', '{ "a": 0, "new": 1 }'],
    ['{"a":0}', '{"a":0, "new": 1}'],
    ['{ "a": 0, }', '{ "a": 0, "new": 1 }'],
    ['{ /* none yet */ }', '{ /* none yet */ "new": 1 }'],
    ['{\n  "a": 0\n}', '{\n  "a": 0,\n  "new": 1\n}'],
    ['{\n  "a": 0,\n}', '{\n  "a": 0,\n  "new": 1\n}'],
    ['{ "a": 0,\n  "b": 0 }', '{ "a": 0,\n  "b": 0,\n  "new": 1 }'],
  ])('makes %j into %j', (before, after) => {
    expect(insert(before)).toBe(after);
  });

  test('leaves the comment of the last property beside it', () => {
    expect(insert('{\n  "a": 0 // measured, not guessed\n}')).toBe(
      '{\n  "a": 0, // measured, not guessed\n  "new": 1\n}',
    );
  });

  test('does not take a comma inside a comment for one of its own', () => {
    expect(insert('{\n  "a": 0 // first, second\n}')).toBe('{\n  "a": 0, // first, second\n  "new": 1\n}');
  });

  test('stands below the comments that close the object', () => {
    expect(insert('{\n  "a": 0\n  // that is all\n}')).toBe('{\n  "a": 0,\n  // that is all\n  "new": 1\n}');
  });

  test('follows the indentation of an inner object', () => {
    expect(insert('{\n    "a": {\n        "b": 0\n    }\n}', 'a')).toBe(
      '{\n    "a": {\n        "b": 0,\n        "new": 1\n    }\n}',
    );
    expect(insert('{\n\t"a": {\n\t}\n}', 'a')).toBe('{\n\t"a": {\n\t\t"new": 1\n\t}\n}');
  });

  test('adds exactly one property, whatever the object and its layout', () => {
    const space = fc.constantFrom(undefined, 2, 4, '\t');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), space, (object, indentation) => {
        const text = JSON.stringify(object, null, indentation);
        const expected: unknown = JSON.parse(
          `${text.slice(0, -1)}${Object.keys(object).length ? ',' : ''}"new":1}`,
        );
        expect(JSON.parse(insert(text))).toEqual(expected);
      }),
    );
  });
});
