import { type BuildConstraint, parseGoBuild, parsePlusBuild } from './build-constraint';
import { IS_SPACE, trimSpace } from './go-space';

/** What is wrong in a file, and in which line of it. */
export interface Problem {
  readonly message: string;
  readonly line: number;
}

/** What the comments at the top of a source file say about when it is built. */
export interface FileHeader {
  /** Undefined: always. */
  readonly constraint?: BuildConstraint;
  readonly problem?: Problem;
}

interface Comments {
  readonly goBuild: readonly Line[];
  readonly plusBuild: readonly Line[];
}

interface Line {
  readonly text: string;
  readonly line: number;
}

/**
 * The build constraint of a Go, assembly or C file, by the rules of go/build (shouldBuild): a `//go:build` line anywhere before the
 * first text that is no comment; without one, the `// +build` lines among the `//` comments that a blank line ends.
 */
export function parseFileHeader(text: string): FileHeader {
  const { goBuild, plusBuild } = constraintLines(text);
  const [first, second] = goBuild;
  if (second) return { problem: { message: 'a second //go:build line', line: second.line } };
  if (!first)
    return plusBuild.length === 0
      ? {}
      : { constraint: { all: plusBuild.flatMap((line) => parsePlusBuild(line.text) ?? []) } };
  try {
    return { constraint: parseGoBuild(first.text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: { message: `the //go:build line cannot be read: ${error.message}`, line: first.line } };
  }
}

/** What follows a word at the start of a line, without blanks around it; undefined where the line starts otherwise. */
function after(word: string, line: string): string | undefined {
  if (!line.startsWith(word)) return undefined;
  const rest = line.slice(word.length);
  return rest === '' || IS_SPACE.test(rest.charAt(0)) ? trimSpace(rest) : undefined;
}

function constraintLines(text: string): Comments {
  const goBuild: Line[] = [];
  const plusBuild: Line[] = [];
  const pending: Line[] = [];
  let onlyLineComments = true;
  let inBlockComment = false;
  let line = 0;
  // Line by line, without taking apart the whole file: what is asked for ends near its top.
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const source = trimSpace(text.slice(start, end));
    start = end + 1;
    line++;
    if (source === '') {
      // Only what stands before a blank line is apart from the package comment.
      if (onlyLineComments) plusBuild.push(...pending.splice(0));
      continue;
    }
    if (!source.startsWith('//')) onlyLineComments = false;
    const goBuildText = inBlockComment ? undefined : after('//go:build', source);
    if (goBuildText !== undefined) goBuild.push({ text: goBuildText, line });
    const plusBuildText = onlyLineComments ? after('+build', trimSpace(source.slice(2))) : undefined;
    if (plusBuildText !== undefined) pending.push({ text: plusBuildText, line });
    const state = afterLine(source, inBlockComment);
    if (state === 'text') break;
    inBlockComment = state === 'in block comment';
  }
  return { goBuild, plusBuild };
}

function afterLine(source: string, inBlockComment: boolean): 'comment' | 'in block comment' | 'text' {
  let rest = source;
  let inBlock = inBlockComment;
  while (rest !== '') {
    if (inBlock) {
      const end = rest.indexOf('*/');
      if (end < 0) return 'in block comment';
      inBlock = false;
      rest = trimSpace(rest.slice(end + 2));
    } else if (rest.startsWith('//')) {
      return 'comment';
    } else if (rest.startsWith('/*')) {
      inBlock = true;
      rest = trimSpace(rest.slice(2));
    } else {
      return 'text';
    }
  }
  return inBlock ? 'in block comment' : 'comment';
}
