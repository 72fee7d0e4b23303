import { GoDockerError } from '../errors';
import { isOurs, managedBlocks, replaceBlocks } from './managed-block';

const text = `FROM a
# go-docker:begin deps depsCache=mount package=./apps/api
RUN old
# go-docker:end deps
USER 1
`;

describe('managed blocks', () => {
  it('are read with their keys and their line', () => {
    const [block] = managedBlocks(text, 'Dockerfile');
    expect(block?.name).toBe('deps');
    expect(block?.line).toBe(2);
    expect(block?.lines.slice(1)).toEqual(['RUN old', '# go-docker:end deps']);
    expect(Object.fromEntries(block?.keys ?? [])).toEqual({ depsCache: 'mount', package: './apps/api' });
  });

  it('are replaced, and nothing else is', () => {
    const content = new Map([
      ['deps', ['# go-docker:begin deps', 'RUN new', 'RUN newer', '# go-docker:end deps']],
    ]);
    expect(replaceBlocks(text, 'Dockerfile', content)).toBe(
      'FROM a\n# go-docker:begin deps\nRUN new\nRUN newer\n# go-docker:end deps\nUSER 1\n',
    );
  });

  it('keep their own line ends in a file where both kinds stand, and a last line without one', () => {
    const mixed =
      'FROM a\n# go-docker:begin x\r\n1\r\n# go-docker:end x\r\nUSER 1\n# go-docker:begin y\n# go-docker:end y';
    const content = new Map([
      ['x', ['# go-docker:begin x', '2', '# go-docker:end x']],
      ['y', ['# go-docker:begin y', '3', '# go-docker:end y']],
    ]);
    expect(replaceBlocks(mixed, 'Dockerfile', content)).toBe(
      'FROM a\n# go-docker:begin x\r\n2\r\n# go-docker:end x\r\nUSER 1\n# go-docker:begin y\n3\n# go-docker:end y',
    );
  });

  it('make a file ours, be they broken or not; a word of them in a comment does not', () => {
    expect(isOurs(text)).toBe(true);
    expect(isOurs('# go-docker:begin x\r\nFROM a\r\n')).toBe(true);
    expect(isOurs('FROM a\n')).toBe(false);
    expect(isOurs('# between "go-docker:begin" and "go-docker:end"\nRUN echo go-docker:begin x\n')).toBe(
      false,
    );
  });

  it.each([
    [
      '# go-docker:begin a\nx\n',
      'f:1: The block "a" has no end\n→ Put "# go-docker:end a" where it ends, or',
    ],
    [
      '\n# go-docker:begin a\n# go-docker:begin b\n# go-docker:end b\n# go-docker:end a\n',
      'f:2: The block "a" has no end before the next one begins in line 3',
    ],
    ['x\n# go-docker:end a\n', 'f:2: "go-docker:end a" without a begin\n→ Remove the line, or'],
    ['# go-docker:begin a\n# go-docker:end b\n', 'f:2: The block "a" of line 1 ends with the marker of "b"'],
    [
      '# go-docker:begin a\n# go-docker:end a\n# go-docker:begin a\n# go-docker:end a\n',
      'f:3: A second block "a"; the first one begins in line 1',
    ],
    ['# go-docker:begin\n', 'f:1: A "go-docker:begin" without the name of its block'],
    ['# go-docker:begin a b\n# go-docker:end a\n', 'f:1: "b" is not written as key=value'],
    [
      '# go-docker:begin a x=1 x=2\n# go-docker:end a\n',
      'f:1: The key "x" is there twice: x=1 and x=2\n→ Keep the one that is meant',
    ],
  ])('are refused as %j', (broken, message) => {
    expect(() => managedBlocks(broken, 'f')).toThrow(message);
    expect(() => managedBlocks(broken, 'f')).toThrow(GoDockerError);
    expect(() => replaceBlocks(broken, 'f', new Map())).toThrow(message);
  });
});
