import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import { parse } from 'jsonc-parser';

/** What a JSON file in `root` holds; undefined where there is none. One that is not JSON says nothing: Nx itself tells the user. */
export function jsonAt(files: FileSystem, root: WorkspacePath, file: string): unknown {
  const text = files.readFile(root === '.' ? file : `${root}/${file}`);
  return text === undefined ? undefined : (parse(text) ?? {});
}

/** What project.json and package.json in `root` say of a target, each where it says something or not. */
export function ownTargets(files: FileSystem, root: WorkspacePath, target: string): readonly unknown[] {
  return [
    property(jsonAt(files, root, 'project.json'), 'targets'),
    property(property(jsonAt(files, root, 'package.json'), 'nx'), 'targets'),
  ].map((targets) => property(targets, target));
}

/** A property of what may be an object; undefined where it is none. */
export function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
