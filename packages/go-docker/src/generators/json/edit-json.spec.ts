import { appendElement, setProperty } from './edit-json';

const lines = (...text: string[]): string => text.join('\n');

describe('appendElement', () => {
  const cases: [what: string, before: string, after: string][] = [
    ['an empty array', '{ "plugins": [] }', '{ "plugins": ["go-docker"] }'],
    ['an array in one line', '{ "plugins": ["a"] }', '{ "plugins": ["a", "go-docker"] }'],
    [
      'an array over several lines, whose elements keep their layout',
      lines('{', '  "plugins": [', '    { "plugin": "b" }', '  ]', '}', ''),
      lines('{', '  "plugins": [', '    { "plugin": "b" },', '    "go-docker"', '  ]', '}', ''),
    ],
    [
      'an array with a comment after its last element',
      lines('{', '\t"plugins": [', '\t\t"a" // first', '\t]', '}'),
      lines('{', '\t"plugins": [', '\t\t"a", // first', '\t\t"go-docker"', '\t]', '}'),
    ],
    [
      'an array with a trailing comma',
      lines('{', '  "plugins": [', '    "a", // first', '    // the end', '  ],', '}'),
      lines('{', '  "plugins": [', '    "a", // first', '    "go-docker",', '    // the end', '  ],', '}'),
    ],
    [
      'an array that holds only a comment',
      lines('{', '  "plugins": [', '    // none yet', '  ]', '}'),
      lines('{', '  "plugins": [', '    // none yet', '    "go-docker"', '  ]', '}'),
    ],
    [
      'a line comment behind an array in one line',
      lines('{ "plugins": ["a" // first', '] }'),
      lines('{ "plugins": ["a", // first', '  "go-docker"', '] }'),
    ],
    [
      'Windows line ends',
      '{\r\n  "plugins": [\r\n    "a"\r\n  ]\r\n}\r\n',
      '{\r\n  "plugins": [\r\n    "a",\r\n    "go-docker"\r\n  ]\r\n}\r\n',
    ],
  ];

  it.each(cases)('adds to %s', (_, before, after) => {
    expect(appendElement(before, 'plugins', 'go-docker')).toBe(after);
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
    expect(setProperty('{}', ['plugins'], ['go-docker'])).toBe(lines('{', '  "plugins": ["go-docker"]', '}'));
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
