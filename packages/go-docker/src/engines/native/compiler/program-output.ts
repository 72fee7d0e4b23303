import { createReadStream, readdirSync, renameSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { bytesOf, cleanPath, folderOf, nameOf, type BytePath } from '../files/byte-path';
import type { FileTree } from '../files/file-tree';
import { resolved } from '../files/resolve';
import type { BuildArguments } from './build-arguments';
import type { RunPlace } from './run-place';

/** Where a `go build` leaves its programs, in the stage. */
export interface Output {
  readonly folder: BytePath;
  /** Undefined: Go names the programs. */
  readonly name?: string;
}

/** What `-o` says, as Go reads it: a folder where one is there, or a slash says so. */
export function outputOf({ output }: BuildArguments, workingFolder: string, tree: FileTree): Output {
  const path = resolved(tree, cleanPath(bytesOf(posix.resolve(workingFolder, output ?? '.'))));
  const isFolder = output === undefined || output.endsWith('/') || tree.get(path)?.type === 'directory';
  return isFolder ? { folder: path } : { folder: folderOf(path), name: nameOf(path) };
}

/**
 * Moves a program out of the way of the next build, and has the stage have it from there.
 *
 * @param from Absolute path.
 * @returns Where it is now.
 */
export function takeProgram(from: string, path: BytePath, { tree, root, programs, owner }: RunPlace): string {
  const file = join(programs, `${readdirSync(programs).length}-${nameOf(path)}`);
  renameSync(from, file);
  root.forget(path);
  const { size } = statSync(file);
  const open = () => createReadStream(file, { highWaterMark: READ_BYTES });
  tree.set(path, { type: 'file', size, mode: 0o755, ...owner, file, open });
  return file;
}

/** Programs are large, and are read whole. */
const READ_BYTES = 1024 * 1024;

/** What lies in a folder of this machine: name → what changes when it is written. */
export function programsIn(directory: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => {
        const { ino, mtimeNs, size } = statSync(join(directory, name), { bigint: true });
        return [name, `${ino} ${mtimeNs} ${size}`];
      }),
  );
}
