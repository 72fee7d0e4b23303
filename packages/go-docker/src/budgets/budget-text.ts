import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type Problem, problemsError } from './problems';

/** The text of a budget file, read as JSON with comments and trailing commas. */
export interface BudgetText {
  /** `undefined` where the file holds nothing but white space and comments. */
  readonly root: Node | undefined;
  /** The line, counted from 1, that an offset into the text lies on. */
  lineAt(offset: number): number;
}

/**
 * @param file Named in the errors.
 * @throws GoDockerError with every line that is no JSON.
 */
export function readBudgetText(text: string, file: string): BudgetText {
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const errors: ParseError[] = [];
  // Some editors write a byte order mark, which is no part of the JSON; the offsets stay.
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, {
    allowTrailingComma: true,
    allowEmptyContent: true,
  });
  const problems = new Map<number, Problem>();
  for (const error of errors) {
    const line = lineAt(error.offset);
    // What follows on the same line is most often the echo of the first error.
    if (!problems.has(line)) problems.set(line, { line, text: describe(error, text) });
  }
  if (problems.size > 0) throw problemsError(file, [...problems.values()]);
  return { root, lineAt };
}

/** How the codes of jsonc-parser read; a code that is not here is shown by its name. */
const SYNTAX_ERRORS: Readonly<Record<string, (token: string) => string>> = {
  InvalidSymbol: (token) => `${token} is no JSON value: text stands in double quotes`,
  InvalidCharacter: (token) => `${token} is not allowed here: text stands in double quotes`,
  PropertyNameExpected: (token) => `a key in double quotes was expected before ${token}`,
  ValueExpected: (token) => `a value was expected before ${token}`,
  ColonExpected: (token) => `a colon is missing before ${token}`,
  CommaExpected: (token) => `a comma is missing before ${token}`,
  CloseBraceExpected: (token) => `a closing } is missing before ${token}`,
  CloseBracketExpected: (token) => `a closing ] is missing before ${token}`,
  EndOfFileExpected: (token) => `${token} stands after the end of the JSON value`,
  UnexpectedEndOfComment: () => 'a closing */ is missing',
  UnexpectedEndOfString: (token) => `the closing double quote of ${token} is missing`,
};

function describe({ error, offset, length }: ParseError, text: string): string {
  const code = printParseErrorCode(error);
  const token = text.slice(offset, offset + length).trim();
  const describeCode = SYNTAX_ERRORS[code] ?? ((found) => `no JSON at ${found} (${code})`);
  return describeCode(token === '' ? 'the end of the file' : token);
}
