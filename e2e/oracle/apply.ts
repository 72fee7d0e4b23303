import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Workspace } from '../workspace/workspace';
import type { Mutation } from './mutations';

/** Where a go.sum is gone, `go list` keeps here what it has downloaded. */
const WRITTEN_BY_GO = 'go.work.sum';

/** Makes a change and gives what takes it back. */
export function apply(workspace: Workspace, { changes }: Mutation): () => void {
  const before = [...Object.keys(changes), WRITTEN_BY_GO].map(
    (file) => [file, contentOf(workspace, file)] as const,
  );
  for (const [file, text] of Object.entries(changes)) put(workspace, file, text);
  return () => {
    for (const [file, text] of before) put(workspace, file, text);
  };
}

const contentOf = (workspace: Workspace, file: string): Buffer | undefined =>
  workspace.exists(file) ? readFileSync(workspace.path(file)) : undefined;

function put(workspace: Workspace, file: string, content: string | Buffer | undefined): void {
  if (content === undefined) return workspace.remove(file);
  mkdirSync(dirname(workspace.path(file)), { recursive: true });
  writeFileSync(workspace.path(file), content);
}
