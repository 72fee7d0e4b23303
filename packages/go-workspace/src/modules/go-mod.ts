import { GoWorkspaceError } from '../errors';
import type { WorkspacePath } from '../files/workspace-path';
import { addSharedDirective, type Draft, fail, moduleVersion, only } from './directives';
import type { GoMod, ModuleVersion, Requirement, Retraction } from './module-files';
import { parseStatements, type Statement } from './mod-syntax';

interface GoModDraft extends Draft {
  module?: string;
  readonly require: Requirement[];
  readonly exclude: ModuleVersion[];
  readonly retract: Retraction[];
  readonly tool: string[];
  readonly ignore: string[];
}

/**
 * Reads a go.mod (https://go.dev/ref/mod#go-mod-file).
 *
 * @param file Where the text is from, for error messages.
 * @throws GoWorkspaceError with file and line, where the go command would refuse the file.
 */
export function parseGoMod(text: string, file: WorkspacePath): GoMod {
  const draft: GoModDraft = {
    file,
    godebug: [],
    replace: [],
    require: [],
    exclude: [],
    retract: [],
    tool: [],
    ignore: [],
  };
  for (const statement of parseStatements(text, file)) add(draft, statement);
  const { module, ...rest } = draft;
  if (module !== undefined) return { ...rest, module };
  throw new GoWorkspaceError('no `module` line', {
    location: { file },
    advice: 'Write `module` and the module path at the top of the file.',
  });
}

function add(draft: GoModDraft, statement: Statement): void {
  const { file } = draft;
  if (addSharedDirective(draft, statement)) return;
  switch (statement.verb) {
    case 'module':
      if (draft.module !== undefined) throw fail(file, statement, 'a second `module` line');
      draft.module = only(file, statement, 'module example.com/path');
      return;
    case 'require':
      draft.require.push({
        ...moduleVersion(file, statement),
        indirect: /^indirect(;|$)/.test(statement.comment),
        line: statement.line,
      });
      return;
    case 'exclude':
      draft.exclude.push(moduleVersion(file, statement));
      return;
    case 'retract':
      draft.retract.push(retraction(file, statement));
      return;
    case 'tool':
      draft.tool.push(only(file, statement, 'tool example.com/path'));
      return;
    case 'ignore':
      draft.ignore.push(only(file, statement, 'ignore ./folder'));
      return;
    default:
      throw fail(file, statement, `unknown directive \`${statement.verb}\``);
  }
}

function retraction(file: WorkspacePath, statement: Statement): Retraction {
  const match = /^(?:\[ ([^ ]+) , ([^ ]+) \]|([^ [\]]+))$/.exec(statement.args.join(' '));
  if (!match) throw fail(file, statement, 'expected `retract VERSION` or `retract [VERSION, VERSION]`');
  const [, low, high, both = ''] = match;
  return { low: low ?? both, high: high ?? both };
}
