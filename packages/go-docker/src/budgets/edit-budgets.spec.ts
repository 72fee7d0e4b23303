import { withProjectBudget } from './edit-budgets';
import { readBudgets } from './read-budgets';

describe('withProjectBudget', () => {
  test('makes the file where there is none', () => {
    expect(withProjectBudget(undefined, 'api', '15 MB')).toBe(
      [
        '{',
        '  "$schema": "./node_modules/go-docker/dist/budgets/image-budgets.schema.json",',
        '  "projects": {',
        '    "api": { "unpacked": "15 MB" }',
        '  }',
        '}',
        '',
      ].join('\n'),
    );
  });

  test('fills an empty file, and one that holds only a comment', () => {
    expect(withProjectBudget('', 'api', '15 MB')).toBe(withProjectBudget(undefined, 'api', '15 MB'));
    const comment = '// our budgets\n';
    expect(withProjectBudget(comment.trimEnd(), 'api', '15 MB')).toBe(
      withProjectBudget(comment, 'api', '15 MB'),
    );
    expect(withProjectBudget(comment, 'api', '15 MB')).toBe(
      comment + withProjectBudget(undefined, 'api', '15 MB'),
    );
  });

  test('adds the projects to a file that has none', () => {
    expect(withProjectBudget('{\n  "default": "25 MB"\n}\n', 'api', '15 MB')).toBe(
      '{\n  "default": "25 MB",\n  "projects": {\n    "api": { "unpacked": "15 MB" }\n  }\n}\n',
    );
    expect(withProjectBudget('{ "default": "25 MB" }', 'api', '15 MB')).toBe(
      '{ "default": "25 MB", "projects": { "api": { "unpacked": "15 MB" } } }',
    );
  });

  test('adds the unpacked limit to an entry that has only others', () => {
    expect(withProjectBudget('{ "projects": { "api": { "compressed": "6 MB" } } }', 'api', '15 MB')).toBe(
      '{ "projects": { "api": { "compressed": "6 MB", "unpacked": "15 MB" } } }',
    );
  });

  test('adds a project and keeps the comments, the order and the other budgets', () => {
    const text = [
      '// What our nodes have room for.',
      '{',
      '    "default": "25 MB", // until measured',
      '    "projects": {',
      '        "web": { "unpacked": "9 MB", "compressed": "4 MB" }',
      '    }',
      '}',
      '',
    ].join('\n');
    expect(withProjectBudget(text, 'api', '15 MB')).toBe(
      [
        '// What our nodes have room for.',
        '{',
        '    "default": "25 MB", // until measured',
        '    "projects": {',
        '        "web": { "unpacked": "9 MB", "compressed": "4 MB" },',
        '        "api": { "unpacked": "15 MB" }',
        '    }',
        '}',
        '',
      ].join('\n'),
    );
  });

  test('changes the unpacked limit of an entry and leaves its other limits', () => {
    const text = '{ "projects": { "api": { "compressed": "6 MB", "unpacked": "20 MB" /* soon less */ } } }';
    expect(withProjectBudget(text, 'api', '15 MB')).toBe(
      '{ "projects": { "api": { "compressed": "6 MB", "unpacked": "15 MB" /* soon less */ } } }',
    );
  });

  test('replaces a bare size by a bare size', () => {
    expect(withProjectBudget('{"projects":{"api":"20 MB"}}', 'api', '15 MB')).toBe(
      '{"projects":{"api":"15 MB"}}',
    );
  });

  test('changes nothing where the file says the same, however it is written', () => {
    const text = '{ "projects": { "api": "15000kB" } }';
    expect(withProjectBudget(text, 'api', '15 MB')).toBe(text);
  });

  test('changes nothing when it is asked twice', () => {
    const once = withProjectBudget(undefined, 'api', '15 MB');
    expect(withProjectBudget(once, 'api', '15 MB')).toBe(once);
  });

  test('adds an entry of its own for a project that a pattern reaches', () => {
    const text = withProjectBudget('{ "projects": { "api-*": "20 MB" } }', 'api-users', '15 MB');
    expect(readBudgets(text, 'image-budgets.json').entries.map(({ rule }) => rule.key)).toEqual([
      'api-*',
      'api-users',
    ]);
  });

  test('keeps Windows line ends and tabs', () => {
    const text = '{\r\n\t"projects": {\r\n\t\t"web": "9 MB"\r\n\t}\r\n}\r\n';
    expect(withProjectBudget(text, 'api', '15 MB')).toBe(
      '{\r\n\t"projects": {\r\n\t\t"web": "9 MB",\r\n\t\t"api": { "unpacked": "15 MB" }\r\n\t}\r\n}\r\n',
    );
  });

  test('writes the name of any project', () => {
    const name = '@shop/a "b" ${X} __proto__';
    expect(JSON.parse(withProjectBudget(undefined, name, '15 MB')).projects[name]).toEqual({
      unpacked: '15 MB',
    });
  });

  test('refuses a size that is none', () => {
    expect(() => withProjectBudget(undefined, 'api', '12 Mo')).toThrow(
      '"12 Mo" is no size: write a number and a unit, such as "12 MB"',
    );
  });

  test('refuses to edit a file that is no JSON, and says where', () => {
    expect(() => withProjectBudget('{\n  "default": \n}', 'api', '15 MB')).toThrow(
      'image-budgets.json:3: a value was expected before }',
    );
  });
});
