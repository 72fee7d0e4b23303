import { parseDockerfile } from './instruction';

const parse = (text: string) => parseDockerfile(text, 'Dockerfile');

describe('a Dockerfile as instructions', () => {
  it('has its arguments above the stages, and each stage from its FROM', () => {
    const { globals, stages } = parse(
      'ARG GO=1.26\nFROM golang:$GO AS builder\nENV A=1\nFROM scratch\nUSER 1\n',
    );
    expect(globals.map(({ rest }) => rest)).toEqual(['GO=1.26']);
    expect(stages.map((stage) => stage.map(({ keyword }) => keyword))).toEqual([
      ['FROM', 'ENV'],
      ['FROM', 'USER'],
    ]);
  });

  it('has continued lines joined, without the comments between, and keeps the line it began on', () => {
    const { stages } = parse('FROM scratch\n\nrun a \\\n  # why\n\n    b \\\n  c\nUSER 1\n');
    expect(stages[0]?.[1]).toMatchObject({ keyword: 'RUN', rest: 'a     b   c', location: { line: 3 } });
    expect(stages[0]?.[2]).toMatchObject({ keyword: 'USER', location: { line: 8 } });
  });

  it('knows its escape character', () => {
    const { escape, stages } = parse('# escape=`\nFROM scratch\nRUN a `\n b\\\n');
    expect(escape).toBe('`');
    expect(stages[0]?.[1]?.rest).toBe('a  b\\');
  });

  it('tells flags from words', () => {
    const { stages } = parse(
      'FROM scratch\nCOPY --from=a --chmod=755 --link --exclude=x --exclude=y b --c /d\n',
    );
    expect(stages[0]?.[1]?.flags).toEqual(
      new Map([
        ['from', ['a']],
        ['chmod', ['755']],
        ['link', ['']],
        ['exclude', ['x', 'y']],
      ]),
    );
    expect(stages[0]?.[1]?.rest).toBe('b --c /d');
  });

  it('has the texts of heredocs, with or without their variables and tabs', () => {
    const text = "FROM scratch\nCOPY <<'A' <<-B /d/\n$x\nA\n\ty\n\tB\nUSER 1\n";
    const { stages } = parse(text);
    expect(stages[0]?.[1]?.heredocs).toEqual([
      { name: 'A', quoted: "'A'", text: '$x\n', expands: false },
      { name: 'B', quoted: 'B', text: 'y\n', expands: true },
    ]);
    expect(stages[0]?.[2]?.keyword).toBe('USER');
  });
});
