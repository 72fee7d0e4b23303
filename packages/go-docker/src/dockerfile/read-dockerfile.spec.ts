import { GoDockerError } from '../errors';
import { hasStage, readDockerfile } from './read-dockerfile';

const sources = (...lines: string[]) =>
  readDockerfile(`FROM a\n${lines.join('\n')}\n`, 'Dockerfile').contextSources;

describe('the stages of a Dockerfile', () => {
  it('are read with name, image and line', () => {
    const text =
      '# syntax=docker/dockerfile:1\nFROM --platform=$BUILDPLATFORM golang:1.26 AS Build\nRUN x\n\nfrom build as RUNNER\nFROM scratch\n';
    const dockerfile = readDockerfile(text, 'Dockerfile');
    expect(dockerfile.stages).toEqual([
      { name: 'build', from: 'golang:1.26', line: 2 },
      { name: 'runner', from: 'build', line: 5 },
      { from: 'scratch', line: 6 },
    ]);
    expect(hasStage(dockerfile, 'Runner')).toBe(true);
    expect(hasStage(dockerfile, 'test')).toBe(false);
  });

  it('have the defaults of build arguments filled in', () => {
    const text =
      'ARG GO=1.26 OS\nARG IMAGE="golang:${GO}"\nFROM ${IMAGE}-alpine AS a\nFROM x:${TAG:-edge}\nFROM debian:$OS\n';
    expect(readDockerfile(text, 'Dockerfile').stages.map(({ from }) => from)).toEqual([
      'golang:1.26-alpine',
      'x:edge',
      'debian:$OS',
    ]);
  });

  it('are not what a heredoc, a comment or a continued line holds', () => {
    const text =
      'FROM a\nRUN <<EOF\nFROM b AS heredoc\nEOF\n# FROM c AS comment\nRUN echo \\\n  # FROM d AS inside\n  FROM e AS continued\n';
    expect(readDockerfile(text, 'Dockerfile').stages).toEqual([{ from: 'a', line: 1 }]);
  });

  it('are read with the escape character that a directive names, and with line ends of Windows', () => {
    const text = '# escape=`\r\nFROM `\r\n  a AS runner\r\nCOPY a`\r\n b c:\\\r\n';
    const dockerfile = readDockerfile(text, 'Dockerfile');
    expect(dockerfile.stages).toEqual([{ name: 'runner', from: 'a', line: 2 }]);
  });

  it.each([
    ['', 'Dockerfile: A Dockerfile without a FROM'],
    ['# nothing\nARG A=1\n', 'Dockerfile: A Dockerfile without a FROM'],
    ['ARG A\nRUN x\nFROM a\n', 'Dockerfile:2: RUN before the first FROM'],
    ['FROM a\n\nRNU x\n', 'Dockerfile:3: Unknown instruction RNU'],
    ['FROM a\nFROM\n', 'Dockerfile:2: FROM takes an image, or an image and a name'],
    ['FROM a named b\n', 'Dockerfile:1: FROM takes an image, or an image and a name'],
    ['FROM a\nRUN <<EOF\nx\n', 'Dockerfile:2: The heredoc EOF has no end'],
    ['FROM a\n# go-docker:begin deps\n', 'Dockerfile:2: The block "deps" has no end'],
  ])('are refused in %j', (text, message) => {
    expect(() => readDockerfile(text, 'Dockerfile')).toThrow(message);
    expect(() => readDockerfile(text, 'Dockerfile')).toThrow(GoDockerError);
  });
});

describe('what a Dockerfile takes from the context', () => {
  it('are the sources of COPY and ADD, in both forms, each once and sorted', () => {
    expect(
      sources('COPY web ./docs/ /x/', 'ADD --chown=1:1 /web other /y', 'COPY ["a b", "c d", "/"]'),
    ).toEqual(['a b', 'c d', 'docs', 'other', 'web']);
  });

  it('keeps wildcards, and takes quotes and escapes from words', () => {
    expect(sources('COPY "a/b" *.txt /', String.raw`COPY c\$d /`)).toEqual(['*.txt', 'a/b', 'c$d']);
  });

  it('stays inside the context, as Docker does', () => {
    expect(sources('COPY ../../etc/x a/../b /')).toEqual(['b', 'etc/x']);
  });

  it('is not the whole context, another stage, an address or a heredoc', () => {
    expect(
      sources(
        'COPY . .',
        'COPY ./ /x',
        'COPY --from=builder /out/api /api',
        'ADD https://example.com/x git@example.com:x /',
        'COPY <<EOF /etc/motd',
        'COPY fake /',
        'EOF',
        'COPY <<A real.txt /dest/',
        'text here',
        'A',
      ),
    ).toEqual(['real.txt']);
  });

  it('are the sources of bind mounts that come from no stage', () => {
    expect(
      sources(
        'RUN --mount=type=bind,source=conf,target=/c --mount=src=more,target=/m \\',
        '    --mount=type=bind,from=x,source=stage,target=/s --mount=type=cache,target=/root/.cache \\',
        '    --mount=type=secret,id=a --mount=type=bind,target=/all make',
      ),
    ).toEqual(['conf', 'more']);
  });

  it('are filled in from arguments and variables, and left out where only the build knows', () => {
    const text = [
      'ARG TOP=top GONE',
      'FROM a AS first',
      'ARG DIR=web TOP GONE OTHER=${DIR}/o',
      'ENV SUB=$DIR/sub',
      'COPY $DIR ${SUB}/x $TOP ${GONE} $OTHER ${NEVER}/y ${NEVER:-fallback} /',
      'FROM first',
      'COPY ${DIR}2 /',
      'FROM b',
      'COPY ${DIR:-none} ${SUB:+set}more /',
    ];
    expect(readDockerfile(text.join('\n'), 'Dockerfile').contextSources).toEqual([
      'fallback',
      'more',
      'none',
      'top',
      'web',
      'web/o',
      'web/sub/x',
      'web2',
    ]);
  });

  it('leaves the managed blocks out', () => {
    expect(
      sources(
        '# go-docker:begin deps',
        'RUN --mount=source=go.mod,target=go.mod x',
        '# go-docker:end deps',
        'COPY a /',
      ),
    ).toEqual(['a']);
  });
});
