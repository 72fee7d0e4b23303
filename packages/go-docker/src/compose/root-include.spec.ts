import { composeFileNames, includedFiles, rootComposeFile, withIncludes } from './root-include';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;
const api = 'apps/api/compose.yaml';
const web = 'apps/web/compose.yaml';

describe('the root’s compose file', () => {
  it('is the one that Compose takes where there are several', () => {
    expect(rootComposeFile((file) => ['docker-compose.yml', 'compose.yml'].includes(file))).toBe(
      'compose.yml',
    );
  });

  it('is compose.yaml where there is none', () => {
    expect(rootComposeFile(() => false)).toBe('compose.yaml');
    expect(composeFileNames).toHaveLength(4);
  });
});

describe('including compose files', () => {
  it.each([undefined, '', '\n'])('makes a whole file where there is nothing: %j', (text) => {
    expect(withIncludes(text, [api, web])).toMatch(
      /^#[^]*\ninclude:\n {2}- path: apps\/api\/compose\.yaml\n {2}- path: apps\/web\/compose\.yaml\n$/,
    );
  });

  // What is written on the left of each line with "+" is new; everything else has to be there, byte for byte.
  it.each<[string, string, string]>([
    [
      'adds the list at the end of a file without one',
      lines('# Ours.', 'services:', '  db:', '    image: postgres # 17', '    # ports: []'),
      lines(
        '# Ours.',
        'services:',
        '  db:',
        '    image: postgres # 17',
        '    # ports: []',
        '',
        'include:',
        `  - path: ${web}`,
      ),
    ],
    ['adds it to a file of comments', '# Nothing yet.\n', `# Nothing yet.\n\ninclude:\n  - path: ${web}\n`],
    ['ends a last line first', 'services: {}', `services: {}\n\ninclude:\n  - path: ${web}\n`],
    [
      'adds it before the end of the document',
      lines('services: {}', '...'),
      lines('services: {}', '', 'include:', `  - path: ${web}`, '...'),
    ],
    [
      'adds it to the first of several documents',
      lines('services: {}', '---', 'volumes: {}'),
      lines('services: {}', '', 'include:', `  - path: ${web}`, '---', 'volumes: {}'),
    ],
    [
      'adds to a list in the short syntax',
      lines('include:', `  - ${api} # the gateway`, '', '# Ours.', 'services: {}'),
      lines('include:', `  - ${api} # the gateway`, `  - ${web}`, '', '# Ours.', 'services: {}'),
    ],
    [
      'adds to a list in the long syntax, below all lines of the last entry',
      lines('include:', `    - path: ${api}`, '      env_file: .env', 'services: {}'),
      lines('include:', `    - path: ${api}`, '      env_file: .env', `    - path: ${web}`, 'services: {}'),
    ],
    [
      'adds to a list that is not indented',
      lines('include:', `- ${api}`, 'services: {}'),
      lines('include:', `- ${api}`, `- ${web}`, 'services: {}'),
    ],
    [
      'adds to a list at the end of a file without a last line end',
      `include:\n  - ${api}`,
      `include:\n  - ${api}\n  - ${web}\n`,
    ],
    ['adds to a list in flow style', `include: [${api}] # all\n`, `include: [${api}, ${web}] # all\n`],
    [
      'adds to a list in flow style over several lines, with a last comma',
      lines('include: [', `  ${api}, # the gateway`, ']'),
      lines('include: [', `  ${api}, ${web}, # the gateway`, ']'),
    ],
    ['adds to an empty list in flow style', 'include: []\n', `include: [${web}]\n`],
    [
      'adds below a key without a value',
      lines('include: # apps', 'services: {}'),
      lines('include: # apps', `  - path: ${web}`, 'services: {}'),
    ],
    ['adds to a file in flow style', '{ "services": {} }\n', `{ include: [${web}], "services": {} }\n`],
    ['adds to an empty file in flow style', '{}\n', `{ include: [${web}] }\n`],
    [
      'keeps anchors, merge keys and tags',
      lines(
        'x-base: &base { init: true }',
        'services:',
        '  db:',
        '    <<: *base',
        '    ports: !reset []',
        `include: ["${api}"]`,
      ),
      lines(
        'x-base: &base { init: true }',
        'services:',
        '  db:',
        '    <<: *base',
        '    ports: !reset []',
        `include: ["${api}", ${web}]`,
      ),
    ],
  ])('%s', (_, before, after) => {
    expect(withIncludes(before, [web])).toBe(after);
    expect(withIncludes(after, [web])).toBe(after);
  });

  it('keeps the line ends of the file', () => {
    const before = `include:\r\n  - ${api}\r\nservices: {}\r\n`;
    expect(withIncludes(before, [web])).toBe(`include:\r\n  - ${api}\r\n  - ${web}\r\nservices: {}\r\n`);
    expect(withIncludes('services: {}\r\n', [web])).toBe(
      `services: {}\r\n\r\ninclude:\r\n  - path: ${web}\r\n`,
    );
  });

  it('keeps a byte order mark', () => {
    expect(withIncludes('\ufeffservices: {}\n', [web])).toBe(
      `\ufeffservices: {}\n\ninclude:\n  - path: ${web}\n`,
    );
  });

  it.each([
    lines('include:', `  - ${web}`),
    lines('include:', `  - ./${web}`),
    lines('include:', '  - path:', `      - "${web}"`, '      - apps/web/override.yaml'),
    lines('x-all: &all', `  - ${web}`, 'include: *all'),
    lines('x-web: &web', `  path: ${web}`, 'include:', '  - *web'),
    lines('services: {}', '---', `include: [${web}]`),
  ])('adds nothing that is there already: %j', (text) => expect(withIncludes(text, [web])).toBe(text));

  it('reads what a file includes in all forms', () => {
    const text = lines('include:', '  - ./a.yaml', '  - path: [b.yaml, ../c.yaml]', '  - ${DIR}/d.yaml');
    expect(includedFiles(text, 'compose.yaml')).toEqual(['a.yaml', 'b.yaml', '../c.yaml', '${DIR}/d.yaml']);
  });

  it.each<[string, string, RegExp]>([
    [
      'a list that is not closed',
      lines('include: [a', 'b: 1'),
      /^compose\.yaml:2:1: This is no YAML that Compose reads/,
    ],
    ['a key that is there twice', lines('a: 1', 'b: 1', 'a: 2'), /^compose\.yaml:3:1: .*unique/],
    ['a tab', lines('services:', '\tdb: {}'), /^compose\.yaml:2:1: .*[Tt]ab/],
    ['an alias of nothing', lines('services:', '  db: *base'), /^compose\.yaml:2:7: .*no anchor &base/],
    ['a list of services', lines('- db'), /^compose\.yaml:1:1: A compose file is a mapping/],
    [
      'an include that is no list',
      lines('services: {}', `include: ${api}`),
      /^compose\.yaml:2:10: "include" is no list/,
    ],
    [
      'an include that others share',
      lines('x-all: &all', `  - ${api}`, 'include: *all'),
      /^compose\.yaml:3:10: "include" is an alias/,
    ],
    [
      'an include that is merged in',
      lines('x-all: &all', `  include: [${api}]`, '<<: *all'),
      /^compose\.yaml: "include" comes from a merge key/,
    ],
  ])('refuses %s, with its place and what to do', (_, text, message) => {
    const attempt = () => withIncludes(text, [web]);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(/\n→ /);
  });
});
