import type { WorkspacePath } from '../files/workspace-path';
import { addSharedDirective, type Draft, fail, only } from './directives';
import type { GoWork, Use } from './module-files';
import { parseStatements } from './mod-syntax';

/**
 * Reads a go.work (https://go.dev/ref/mod#go-work-file).
 *
 * @param file Where the text is from, for error messages.
 * @throws GoWorkspaceError with file and line, where the go command would refuse the file.
 */
export function parseGoWork(text: string, file: WorkspacePath): GoWork {
  const draft: Draft & { readonly use: Use[] } = { file, godebug: [], replace: [], use: [] };
  for (const statement of parseStatements(text, file)) {
    if (addSharedDirective(draft, statement)) continue;
    if (statement.verb !== 'use') throw fail(file, statement, `unknown directive \`${statement.verb}\``);
    draft.use.push({ directory: only(file, statement, 'use ./folder'), line: statement.line });
  }
  return draft;
}
