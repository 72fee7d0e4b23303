import { prependElement, setProperty } from './edit-json';

const lines = (...text: string[]): string => text.join('\n');

describe('prependElement', () => {
  const cases: [what: string, before: string, after: string][] = [
    ['an empty array', '{ "plugins": [] }', '{ "plugins": ["go-docker"] }'],
    ['an array in one line', '{ "plugins": ["a"] }', '{ "plugins": ["go-docker", "a"] }'],
    [
      'an array over several lines, whose elements keep their layout',
      lines('{', '  "plugins": [', '    { "plugin": "b" }', '  ]', '}', ''),
      lines('{', '  "plugins": [', '    "go-docker",', '    { "plugin": "b" }', '  ]', '}', ''),
    ],
    [
      'an array whose first element has comments',
      lines('{', '\t"plugins": [', '\t\t// first', '\t\t"a", // a', '\t]', '}'),
      lines('{', '\t"plugins": [', '\t\t"go-docker",', '\t\t// first', '\t\t"a", // a', '\t]', '}'),
    ],
    [
      'an array with a comment of its own',
      lines('{', '  "plugins": [ // ours', '    "a"', '  ]', '}'),
      lines('{', '  "plugins": [ // ours', '    "go-docker",', '    "a"', '  ]', '}'),
    ],
    [
      'an array that holds only a comment',
      lines('{', '  "plugins": [', '    // none yet', '  ]', '}'),
      lines('{', '  "plugins": ["go-docker"', '    // none yet', '  ]', '}'),
    ],
    [
      'Windows line ends',
      '{\r\n  "plugins": [\r\n    "a"\r\n  ]\r\n}\r\n',
      '{\r\n  "plugins": [\r\n    "go-docker",\r\n    "a"\r\n  ]\r\n}\r\n',
    ],
  ];

  it.each(cases)('puts an element into %s', (_, before, after) => {
    expect(prependElement(before, 'plugins', 'go-docker')).toBe(after);
  });
});

describe('setProperty', () => {
  it('adds a property after the last one and its comment', () => {
    const before = lines('{', '  // why', '  "analytics": false // no', '}', '');
    const after = lines(
      '{',
      '  // why',
      '  "analytics": false, // no',
      '  "plugins": ["go-docker"]',
      '}',
      '',
    );
    expect(setProperty(before, ['plugins'], ['go-docker'])).toBe(after);
  });

  it('fills an empty object', () => {
    expect(setProperty('{}', ['plugins'], ['go-docker'])).toBe('{ "plugins": ["go-docker"] }');
  });

  it('makes the objects on the way', () => {
    const before = lines('{', '    "name": "api"', '}');
    const after = lines(
      '{',
      '    "name": "api",',
      '    "targets": {',
      '        "image": {',
      '            "options": {',
      '                "platforms": ["linux/arm64"]',
      '            }',
      '        }',
      '    }',
      '}',
    );
    expect(setProperty(before, ['targets', 'image', 'options', 'platforms'], ['linux/arm64'])).toBe(after);
  });

  it('goes into the objects that are there', () => {
    const before = lines('{', '  "projects": {', '    "web": "12 MB" // Gin', '  }', '}');
    const after = lines(
      '{',
      '  "projects": {',
      '    "web": "12 MB", // Gin',
      '    "api": "9 MB"',
      '  }',
      '}',
    );
    expect(setProperty(before, ['projects', 'api'], '9 MB')).toBe(after);
  });

  it('replaces a value and leaves its surroundings', () => {
    const before = '{ "projects": { "api" : /* tight */ "9 MB" } }';
    expect(setProperty(before, ['projects', 'api'], '8 MB')).toBe(
      '{ "projects": { "api" : /* tight */ "8 MB" } }',
    );
  });

  it('takes a property by its whole name, dots and all', () => {
    expect(setProperty('{ "a": { "x": 1 } }', ['a.x'], 2)).toBe('{ "a": { "x": 1 }, "a.x": 2 }');
  });
});
