import { childPath, type WorkspacePath } from '../files/workspace-path';
import type { SourceReader } from './source-reader';

const SKIPPED = new Set(['node_modules', 'vendor', 'testdata']);

/**
 * The folders of a module that may hold a package, its own first: not `testdata`, `vendor`, `node_modules` and hidden folders, nor
 * those where another module begins.
 */
export function* packageFolders(reader: SourceReader, dir: WorkspacePath): Generator<WorkspacePath> {
  yield dir;
  for (const { name, kind, link } of reader.directory(dir).values()) {
    if (kind !== 'directory' || link || /^[._]/.test(name) || SKIPPED.has(name)) continue;
    const child = childPath(dir, name);
    if (!reader.directory(child).has('go.mod')) yield* packageFolders(reader, child);
  }
}
