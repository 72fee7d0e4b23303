import { IS_SPACE } from './go-space';

/** A build constraint as plain data, so that a parsed file can be kept (https://pkg.go.dev/cmd/go#hdr-Build_constraints). */
export type BuildConstraint =
  | { readonly tag: string }
  | { readonly not: BuildConstraint }
  | { readonly all: readonly BuildConstraint[] }
  | { readonly any: readonly BuildConstraint[] };

/** Whether a constraint holds where exactly the tags hold for which `isSet` says so. */
export function isSatisfied(constraint: BuildConstraint, isSet: (tag: string) => boolean): boolean {
  if ('tag' in constraint) return isSet(constraint.tag);
  if ('not' in constraint) return !isSatisfied(constraint.not, isSet);
  if ('all' in constraint) return constraint.all.every((part) => isSatisfied(part, isSet));
  return constraint.any.some((part) => isSatisfied(part, isSet));
}

/** As many terms and parentheses as go/build/constraint allows. */
const MAX_SIZE = 1000;
const TOKEN = /[ \t]*(&&|\|\||[!()]|[\p{L}\p{Nd}_.]+)/uy;

/**
 * The expression of a `//go:build` line, without that prefix.
 *
 * @throws SyntaxError where the go command would refuse the expression.
 */
export function parseGoBuild(expression: string): BuildConstraint {
  const tokens = tokenize(expression);
  let at = 0;
  const take = (token: string): boolean => tokens[at] === token && ++at > 0;

  const either = (): BuildConstraint => {
    const parts = [both()];
    while (take('||')) parts.push(both());
    return parts.length > 1 ? { any: parts } : (parts[0] ?? unexpected(tokens[at]));
  };
  const both = (): BuildConstraint => {
    const parts = [negated()];
    while (take('&&')) parts.push(negated());
    return parts.length > 1 ? { all: parts } : (parts[0] ?? unexpected(tokens[at]));
  };
  let size = 0;
  const negated = (): BuildConstraint => {
    if (++size > MAX_SIZE) throw new SyntaxError('the expression is too large');
    return take('!') ? { not: atom() } : atom();
  };
  const atom = (): BuildConstraint => {
    if (take('(')) {
      const inner = either();
      return take(')') ? inner : unexpected(tokens[at]);
    }
    const tag = tokens[at];
    if (tag === undefined || /^[&|!()]/.test(tag)) return unexpected(tag);
    at++;
    return { tag };
  };

  const constraint = either();
  return at === tokens.length ? constraint : unexpected(tokens[at]);
}

function tokenize(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(expression)?.[1];
    if (token === undefined) return unexpected(expression.slice(from).trim().charAt(0));
    tokens.push(token);
  }
  return tokens;
}

function unexpected(token: string | undefined): never {
  throw new SyntaxError(
    token === undefined ? 'the expression ends too early' : `\`${token}\` is out of place`,
  );
}

/**
 * The options of a `// +build` line: one of them has to hold, and in each of them every comma-separated term. Undefined where they are so
 * many that Go passes over the line.
 */
export function parsePlusBuild(options: string): BuildConstraint | undefined {
  const parts = options.split(SPACES).filter(Boolean);
  const terms = parts.flatMap((part) => part.split(','));
  if (terms.length === 0) return NO_TAG;
  if (terms.length - 1 > MAX_PLUS_BUILD_OPERATORS) return undefined;
  return { any: parts.map((part) => ({ all: part.split(',').map(plusBuildTerm) })) };
}

const MAX_PLUS_BUILD_OPERATORS = 100;
const SPACES = new RegExp(`${IS_SPACE.source}+`);

/** What stands for a term that is no tag (go/build/constraint, parsePlusBuildExpr). */
const NO_TAG: BuildConstraint = { tag: 'ignore' };

function plusBuildTerm(term: string): BuildConstraint {
  if (term.startsWith('!!') || term === '!') return NO_TAG;
  const tag = term.replace(/^!/, '');
  const constraint: BuildConstraint = /^[\p{L}\p{Nd}_.]+$/u.test(tag) ? { tag } : NO_TAG;
  return term.startsWith('!') ? { not: constraint } : constraint;
}
