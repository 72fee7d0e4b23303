import { parseGoFile } from './go-file';

describe('parseGoFile', () => {
  it('reads the package clause and the imports, and no further', () => {
    const file = parseGoFile(
      'package a\n\nimport "fmt"\nimport (\n\tx `y/z`\n\n\t. "w"\n)\n\nfunc f() { "no"; import "n" }',
    );

    expect(file).toMatchObject({
      packageName: 'a',
      imports: [
        { path: 'fmt', line: 3 },
        { path: 'y/z', line: 5 },
        { path: 'w', line: 7 },
      ],
      embeds: [],
      problem: undefined,
    });
  });

  it('looks for embed patterns only in a file that imports embed', () => {
    const rest = '//go:embed a "b c" `d`\n//go:embed e"\n//go:embed\tf\r\n//go:embed "open\n';

    expect(parseGoFile(`package a\n${rest}`).embeds).toEqual([]);
    expect(parseGoFile(`package a\nimport "embed"\n${rest}`).embeds).toEqual([
      { pattern: 'a', line: 3 },
      { pattern: 'b c', line: 3 },
      { pattern: 'd', line: 3 },
      { pattern: 'e"', line: 4 },
      { pattern: 'f', line: 5 },
    ]);
  });

  it('keeps what it could read before a mistake', () => {
    expect(parseGoFile('package a\nimport "b"\nimport c\n')).toMatchObject({
      packageName: 'a',
      imports: [{ path: 'b', line: 2 }],
      problem: { message: 'expected an import path in quotes', line: 3 },
    });
  });

  it('sees no NUL byte below what Go reads, a mistake included', () => {
    expect(parseGoFile('//go:build ignore\n\npackage a\n\nimport "b\n\nvar c = "\0"\n')).toMatchObject({
      constraint: { tag: 'ignore' },
      constraintProblem: undefined,
      problem: { line: 5 },
    });
    expect(parseGoFile('package a\n\nvar c = "\0"\n').constraintProblem).toBeUndefined();
    expect(parseGoFile('package a // \0\n').constraintProblem).toMatchObject({ line: 1 });
  });

  it('gives plain data, which can be kept', () => {
    const file = parseGoFile('//go:build (a || !b) && c\n\npackage a\n');

    expect(file.constraint).toEqual({ all: [{ any: [{ tag: 'a' }, { not: { tag: 'b' } }] }, { tag: 'c' }] });
    expect(structuredClone(file)).toEqual(file);
  });

  it('reads a long file in a time that does not depend on its length squared', () => {
    const text = `package a\nimport "embed"\n${"var x = '\\'' // \" it's\n".repeat(100_000)}//go:embed b\n`;
    const started = performance.now();

    expect(parseGoFile(text).embeds).toEqual([{ pattern: 'b', line: 100_003 }]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
