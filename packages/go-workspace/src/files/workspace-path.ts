/** A path below the workspace root, with `/` on every system; `.` is the root itself. */
export type WorkspacePath = string;

/** `directory` and the relative path `path` (which may hold `.` and `..`) as one path; undefined where it leaves the workspace. */
export function joinPath(directory: WorkspacePath, path: string): WorkspacePath | undefined {
  const elements: string[] = [];
  for (const element of `${directory}/${path}`.split('/')) {
    if (element === '' || element === '.') continue;
    if (element !== '..') elements.push(element);
    else if (elements.pop() === undefined) return undefined;
  }
  return elements.join('/') || '.';
}

/** The path of an entry of `directory`, whose name holds no `/`. */
export function childPath(directory: WorkspacePath, name: string): WorkspacePath {
  return directory === '.' ? name : `${directory}/${name}`;
}

/** The folder that holds `path`; `.` for the root itself. */
export function parentPath(path: WorkspacePath): WorkspacePath {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
}

/** The last element of `path`. */
export function baseName(path: WorkspacePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` is `directory` or lies below it. */
export function isWithin(directory: WorkspacePath, path: WorkspacePath): boolean {
  return directory === '.' || path === directory || path.startsWith(`${directory}/`);
}

/** The order of `sort()` without a locale: the same on every machine. */
export function sorted(paths: Iterable<string>): string[] {
  return [...paths].sort();
}
