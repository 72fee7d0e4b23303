import { isMap, isScalar, isSeq, type Scalar } from 'yaml';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { plainPath } from '../images/workspace-path';
import { readYaml } from './read-yaml';
import { includeNode } from './root-include';
import { yamlScalar } from './yaml-scalar';

/** A compose file whose `include` names files where they lie now. */
export interface MovedIncludes {
  readonly text: string;
  /** Lines of the entries that changed, counted from 1. */
  readonly lines: readonly number[];
}

/**
 * The root's compose file with the new paths of files that were moved, in both syntaxes of `include`. Everything else stays, byte for byte.
 *
 * @param moves Old path → new path.
 * @throws GoDockerError with file, line and column where the file cannot be read, or its `include` is no list.
 */
export function withMovedIncludes(
  text: string,
  file: WorkspacePath,
  moves: ReadonlyMap<WorkspacePath, WorkspacePath>,
): MovedIncludes {
  const yaml = readYaml(text, file);
  const entries = yaml.documents.flatMap((document) => pathsIn(includeNode(document, yaml)));
  const moved = entries.flatMap((entry) => {
    const now = typeof entry.value === 'string' ? moves.get(plainPath(entry.value)) : undefined;
    return now !== undefined && entry.range ? [{ start: entry.range[0], end: entry.range[1], now }] : [];
  });
  return {
    text: moved.reduceRight(
      (result, { start, end, now }) => result.slice(0, start) + yamlScalar(now) + result.slice(end),
      text,
    ),
    lines: moved.map(({ start }) => yaml.locationOf(start).line ?? 1),
  };
}

/** `include: [a, { path: b }, { path: [c, d] }]` */
function pathsIn(node: unknown): readonly Scalar[] {
  if (isScalar(node)) return [node];
  if (isMap(node)) return pathsIn(node.get('path', true));
  return isSeq(node) ? node.items.flatMap(pathsIn) : [];
}
