import fc from 'fast-check';
import { GoWorkspaceError, parseGoMod, parseGoWork } from '../src';
import { isSatisfied, parseGoBuild } from '../src/sources/build-constraint';
import { parseFileHeader } from '../src/sources/file-header';
import { parseGoFile, parseGoFileHead } from '../src/sources/go-file';

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const importPath = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('/'));
/** Text in which the characters that mean something are as frequent as the others. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...'"`\'/*\\()\n;. \t\r',
      '//',
      '/*',
      '*/',
      'package ',
      'import ',
      '//go:build ',
      '//go:embed ',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 60,
});
/** What may stand between two tokens without ending a line. */
const gap = fc.constantFrom(' ', '\t', '  ', ' /* import "no" */ ', '/**/ ');
const lineEnd = fc.constantFrom('\n', '\r\n', ';', ' // "no"\n', '\n\n', '/*\n*/');

describe('parseGoFile', () => {
  it('finds every import, in whatever blanks and comments', () => {
    const imports = fc.array(fc.tuple(importPath, gap, lineEnd), { maxLength: 5 });
    fc.assert(
      fc.property(word, gap, lineEnd, imports, (name, blank, end, paths) => {
        const lines = paths.map(([path, before, after]) => `import${before}"${path}"${after}`);
        const file = parseGoFile(`package${blank}${name}${end}${lines.join('')}`);
        expect(file.packageName).toBe(name);
        expect(file.imports.map(({ path }) => path)).toEqual(paths.map(([path]) => path));
        expect(file.problem).toBeUndefined();
      }),
    );
  });

  it('gives an answer to any text, and its places lie in it', () => {
    fc.assert(
      fc.property(text, (any) => {
        const { imports, embeds, problem, constraintProblem } = parseGoFile(any);
        const lines = any.split('\n').length;
        for (const { line } of [...imports, ...embeds, ...[problem ?? [], constraintProblem ?? []].flat()]) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('says of the head of a file what it says of the file, or nothing', () => {
    fc.assert(
      fc.property(text, text, (head, rest) => {
        const ofHead = parseGoFileHead(`package a\n${head}`);
        if (ofHead) expect(ofHead).toEqual(parseGoFile(`package a\n${head}${rest}`));
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the patterns of embed lines as they were quoted', () => {
    const pattern = fc.string({ minLength: 1, unit: 'grapheme' }).filter((any) => !/[\n\r`\p{C}]/u.test(any));
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1 }), (patterns) => {
        const quoted = patterns.map((each) => `"${each.replace(/["\\]/g, '\\$&')}"`).join(' ');
        const raw = patterns.map((each) => `\`${each}\``).join('\t');
        const file = parseGoFile(`package a\nimport _ "embed"\n//go:embed ${quoted}\n//go:embed ${raw}\n`);
        expect(file.embeds.map((each) => each.pattern)).toEqual([...patterns, ...patterns]);
      }),
    );
  });
});

/** A constraint as text, and what it is where exactly the tag `yes` holds. */
const { constraint } = fc.letrec<{ constraint: [text: string, holds: boolean] }>((tie) => ({
  constraint: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<[string, boolean]>(['yes', true], ['no', false], ['!yes', false], ['!no', true]),
    fc
      .tuple(tie('constraint'), tie('constraint'))
      .map(([[a, x], [b, y]]): [string, boolean] => [`(${a}) && (${b})`, x && y]),
    fc
      .tuple(tie('constraint'), tie('constraint'))
      .map(([[a, x], [b, y]]): [string, boolean] => [`(${a} || ${b})`, x || y]),
    tie('constraint').map(([a, x]): [string, boolean] => [`!(${a})`, !x]),
  ),
}));
const isYes = (tag: string): boolean => tag === 'yes';

describe('a build constraint', () => {
  it('holds as its operators say', () => {
    fc.assert(
      fc.property(constraint, ([expression, holds]) => {
        expect(isSatisfied(parseGoBuild(expression), isYes)).toBe(holds);
      }),
    );
  });

  it('is found below any comments', () => {
    const comment = fc.constantFrom(
      '// text\n',
      '\n',
      '/* //go:build no */\n',
      '/*\n//go:build no\n*/\n',
      '\t// +x\r\n',
    );
    fc.assert(
      fc.property(fc.array(comment), constraint, (comments, [expression, holds]) => {
        const header = parseFileHeader(`${comments.join('')}//go:build ${expression}\n\npackage a\n`);
        expect(header.constraint && isSatisfied(header.constraint, isYes)).toBe(holds);
      }),
    );
  });

  it('is read or refused, whatever the text', () => {
    fc.assert(
      fc.property(text, (any) => {
        const { constraint: found, problem } = parseFileHeader(`//go:build ${any}`);
        expect(Boolean(found) !== Boolean(problem)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('parseGoMod and parseGoWork', () => {
  it('read what they are given, in whatever blanks and comments', () => {
    const requirement = fc.tuple(importPath, fc.nat(), fc.boolean());
    const blank = fc.constantFrom(' ', '\t', '  ');
    fc.assert(
      fc.property(importPath, fc.array(requirement), blank, (module, requirements, between) => {
        const lines = requirements.map(
          ([path, patch, indirect]) =>
            `\t${path}${between}v1.2.${patch}${indirect ? ' // indirect' : ''}\r\n`,
        );
        const goMod = parseGoMod(
          `module${between}${module}\n// a\nrequire (\n${lines.join('')})\n`,
          'go.mod',
        );
        expect(goMod.module).toBe(module);
        expect(goMod.require).toEqual(
          requirements.map(([path, patch, indirect], index) => ({
            path,
            version: `v1.2.${patch}`,
            indirect,
            line: index + 4,
          })),
        );
      }),
    );
  });

  it('read or refuse any text by its line', () => {
    const directive = fc.constantFrom(
      'module',
      'require',
      'replace a =>',
      'use',
      'go',
      'retract [',
      'exclude (',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(directive, text)), (parts) => {
        const any = parts.map(([verb, rest]) => `${verb} ${rest}`).join('\n');
        for (const parse of [parseGoMod, parseGoWork]) {
          try {
            parse(any, 'file');
          } catch (error) {
            expect(error).toBeInstanceOf(GoWorkspaceError);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
