import { posix } from 'node:path';
import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import { isBelowRoot } from '../images/workspace-path';
import { composeServices, type ComposeService } from './compose-service';
import { includedFiles } from './root-include';

/** What the compose files of a workspace hold already. */
export interface WorkspaceCompose {
  /** Name of a service that a start at the root knows → the file that defines it. */
  readonly services: ReadonlyMap<string, WorkspacePath>;
  /** Port of the host → the file that publishes it. */
  readonly hostPorts: ReadonlyMap<number, WorkspacePath>;
}

/**
 * Reads the root's compose file with all that it includes, for the names of services; and every compose file of the workspace, for ports of
 * the host. Those that the root has nothing to do with may be broken.
 *
 * @param rootFile Name of the root's compose file, which need not be there.
 * @throws GoDockerError with file, line and column where the root's file or one that it includes cannot be read.
 */
export function readWorkspaceCompose(files: FileSystem, rootFile: WorkspacePath): WorkspaceCompose {
  const services = new Map<string, WorkspacePath>();
  const hostPorts = new Map<number, WorkspacePath>();
  const known = filesFrom(files, [rootFile, rootFile.replace(/\.(ya?ml)$/, '.override.$1')]);
  const others = composeFilesBelow(files, '.').filter((file) => !known.includes(file));
  for (const file of [...known, ...others]) {
    const isKnown = known.includes(file);
    for (const { name, ports } of servicesIn(files, file, isKnown)) {
      if (isKnown && !services.has(name)) services.set(name, file);
      for (const { host } of ports) if (!hostPorts.has(host)) hostPorts.set(host, file);
    }
  }
  return { services, hostPorts };
}

/** The files that exist among these and those that they include. */
function filesFrom(files: FileSystem, start: readonly WorkspacePath[]): readonly WorkspacePath[] {
  const found: WorkspacePath[] = [];
  const waiting = [...start];
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const text = isBelowRoot(file) && !found.includes(file) ? files.readFile(file) : undefined;
    if (text === undefined) continue;
    found.push(file);
    const folder = posix.dirname(file);
    waiting.push(...includedFiles(text, file).map((path) => posix.join(folder, path)));
  }
  return found;
}

function servicesIn(files: FileSystem, file: WorkspacePath, mustBeRead: boolean): readonly ComposeService[] {
  try {
    return composeServices(files.readFile(file) ?? '', file);
  } catch (error) {
    if (mustBeRead) throw error;
    return [];
  }
}

const COMPOSE_FILE = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;
const SKIPPED = new Set(['node_modules', 'vendor', 'testdata', 'dist']);

function composeFilesBelow(files: FileSystem, dir: WorkspacePath): readonly WorkspacePath[] {
  return files.readDirectory(dir).flatMap(({ name, kind }) => {
    const path = posix.join(dir, name);
    if (kind === 'file') return COMPOSE_FILE.test(name) ? [path] : [];
    return name.startsWith('.') || SKIPPED.has(name) ? [] : composeFilesBelow(files, path);
  });
}
