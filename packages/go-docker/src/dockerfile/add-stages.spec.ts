import { withStages } from './add-stages';

const blocks = {
  test: '# go-docker:begin test\nFROM deps AS test\n# go-docker:end test\n',
  debug: '# go-docker:begin debug\nFROM deps AS debug\n# go-docker:end debug\n',
  dev: '# go-docker:begin dev\nFROM base AS dev\n# go-docker:end dev\n',
};
const head = [
  'FROM golang:1.26 AS base',
  'FROM base AS deps',
  'FROM deps AS builder',
  '# go-docker:begin builder',
  'RUN go build',
  '# go-docker:end builder',
];
const lines = (...parts: readonly (string | readonly string[])[]): string => `${parts.flat().join('\n')}\n`;
const added = (name: keyof typeof blocks): readonly string[] => [...blocks[name].trimEnd().split('\n'), ''];

describe('stages that are added to a Dockerfile', () => {
  it("come below the user's lines of builder and above the comment of the next stage", () => {
    const text = lines(head, 'RUN ls /out', '', '# What ships:', 'FROM scratch AS runner');

    expect(withStages(text, 'Dockerfile', ['debug', 'test'], blocks)).toBe(
      lines(
        head,
        'RUN ls /out',
        '',
        added('test'),
        added('debug'),
        '# What ships:',
        'FROM scratch AS runner',
      ),
    );
  });

  it('come after those that are there, with the lines that follow them', () => {
    const text = lines(head, '', added('test').slice(0, 3), 'LABEL a=b', '', added('dev'), 'FROM scratch');

    expect(withStages(text, 'Dockerfile', ['test', 'debug'], blocks)).toBe(
      lines(
        head,
        '',
        added('test').slice(0, 3),
        'LABEL a=b',
        '',
        added('debug'),
        added('dev'),
        'FROM scratch',
      ),
    );
  });

  it('come apart from a block that ends right above the next FROM', () => {
    expect(withStages(lines(head, 'FROM scratch'), 'Dockerfile', ['dev'], blocks)).toBe(
      lines(head, '', added('dev'), 'FROM scratch'),
    );
  });

  it('come last where no stage follows', () => {
    expect(withStages(head.join('\n'), 'Dockerfile', ['test'], blocks)).toBe(
      lines(head, '', added('test').slice(0, 3)),
    );
  });

  it('change nothing a second time', () => {
    const once = withStages(lines(head, '', 'FROM scratch'), 'Dockerfile', ['test', 'debug'], blocks);

    expect(withStages(once, 'Dockerfile', ['debug', 'test'], blocks)).toBe(once);
  });

  it('have the line ends of the file', () => {
    const text = lines(head, '', 'FROM scratch').replaceAll('\n', '\r\n');

    expect(withStages(text, 'Dockerfile', ['test'], blocks)).toBe(
      lines(head, '', added('test'), 'FROM scratch').replaceAll('\n', '\r\n'),
    );
  });

  it('are refused where the user has a stage of that name', () => {
    const text = lines(head, 'FROM deps AS Test', 'FROM scratch');

    expect(() => withStages(text, 'apps/api/Dockerfile', ['test'], blocks)).toThrow(
      'apps/api/Dockerfile:7: There is a stage "test" of your own in this Dockerfile\n→ Give it another name',
    );
  });

  it('are refused where nothing is there that they start from', () => {
    expect(() => withStages('FROM scratch\n', 'Dockerfile', ['debug'], blocks)).toThrow(
      'Dockerfile: There is no place for the stage "debug" in this Dockerfile\n→ It comes after the stages base, deps, builder and test',
    );
  });
});
