import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import { parse } from 'jsonc-parser';

/** What the files of a project say of it. Another plugin may still give it another name. */
export interface ProjectIdentity {
  /** As project.json or package.json has it; undefined where neither gives one. */
  readonly name?: string;
  readonly hasProjectJson: boolean;
  /** `platforms` of its own target `imageTargetName`. */
  readonly platforms?: readonly string[];
}

/**
 * Reads what project.json and package.json in `root` say. A file that is not JSON says nothing here: Nx itself tells the user.
 */
export function projectIdentity(
  files: FileSystem,
  root: WorkspacePath,
  imageTargetName: string,
): ProjectIdentity {
  const projectJson = jsonAt(files, root, 'project.json');
  const packageJson = jsonAt(files, root, 'package.json');
  const nx = property(packageJson, 'nx');
  const name = [property(projectJson, 'name'), property(nx, 'name'), property(packageJson, 'name')].find(
    isName,
  );
  const platforms = [projectJson, nx]
    .map((project) => property(project, 'targets', imageTargetName, 'options', 'platforms'))
    .find(isStringList);
  return { name, hasProjectJson: projectJson !== undefined, platforms };
}

function jsonAt(files: FileSystem, root: WorkspacePath, file: string): unknown {
  const text = files.readFile(root === '.' ? file : `${root}/${file}`);
  return text === undefined ? undefined : (parse(text) ?? {});
}

function property(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isStringList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((element) => typeof element === 'string');
