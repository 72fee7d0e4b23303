import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import { jsonAt, property } from './project-json';

/** What the files of a project say of it. Another plugin may still give it another name. */
export interface ProjectIdentity {
  /** As project.json or package.json has it, in Nx's order; undefined where neither gives one. */
  readonly name?: string;
  readonly hasProjectJson: boolean;
}

/** Reads what project.json and package.json in `root` say. A file that is not JSON says nothing: Nx itself tells the user. */
export function projectIdentity(files: FileSystem, root: WorkspacePath): ProjectIdentity {
  const projectJson = jsonAt(files, root, 'project.json');
  const packageJson = jsonAt(files, root, 'package.json');
  const names = [
    property(projectJson, 'name'),
    property(property(packageJson, 'nx'), 'name'),
    property(packageJson, 'name'),
  ];
  return { name: names.find(isName), hasProjectJson: projectJson !== undefined };
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';
