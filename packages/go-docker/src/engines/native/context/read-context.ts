import { createReadStream, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { FileNode } from '@go-docker/oci-image';
import { joined, type BytePath } from '../files/byte-path';
import { FileTree } from '../files/file-tree';
import { ignoreRules, type IgnoreRules } from './ignore-patterns';

/**
 * The files of the build context that its ignore file lets in, as BuildKit is given them: they all belong to root.
 *
 * @param directory Absolute path.
 * @param dockerfile Below it; the ignore file that stands beside it is taken before that of the context.
 * @throws the error of the file system where a folder cannot be read.
 */
export function readContext(directory: string, dockerfile?: string): FileTree {
  const files: [BytePath, FileNode][] = [];
  const rules = ignoreRules(ignoreText(directory, dockerfile));
  readFolder(Buffer.from(directory), '', rules, files);
  return FileTree.of(files);
}

function ignoreText(directory: string, dockerfile: string | undefined): string {
  const names = dockerfile === undefined ? [] : [`${dockerfile}.dockerignore`, '.dockerignore'];
  for (const name of names) {
    try {
      return readFileSync(join(directory, name), 'latin1');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return '';
}

function readFolder(root: Buffer, folder: BytePath, rules: IgnoreRules, files: [BytePath, FileNode][]): void {
  for (const entry of readdirSync(absolute(root, folder), { withFileTypes: true, encoding: 'buffer' })) {
    // Node's types know no entries whose names are buffers.
    const name = (entry.name as unknown as Buffer).toString('latin1');
    const path = joined(folder, name);
    const isIgnored = rules.isIgnored(path);
    if (entry.isDirectory()) {
      if (!isIgnored) files.push([path, nodeOf(root, path)]);
      if (isIgnored && !rules.mayLetInBelow(path)) continue;
      const before = files.length;
      readFolder(root, path, rules, files);
      // A folder that is left out is there all the same where something in it is let in.
      if (isIgnored && files.length > before) files.splice(before, 0, [path, nodeOf(root, path)]);
    } else if (!isIgnored && (entry.isFile() || entry.isSymbolicLink()))
      files.push([path, nodeOf(root, path)]);
  }
}

function nodeOf(root: Buffer, path: BytePath): FileNode {
  const file = absolute(root, path);
  const stats = lstatSync(file, { bigint: true });
  // Windows has no such bits: Docker gives everything these.
  const mode = process.platform === 'win32' ? 0o755 : Number(stats.mode) & 0o7777;
  const owned = { mode, uid: 0, gid: 0 };
  if (stats.isDirectory()) return { type: 'directory', ...owned };
  if (stats.isSymbolicLink()) {
    const target = readlinkSync(file, { encoding: 'buffer' }).toString('latin1');
    return { type: 'symlink', target, ...owned, mode: 0o777 };
  }
  return {
    type: 'file',
    size: Number(stats.size),
    stamp: `${file.toString('latin1')} ${stats.mtimeNs}`,
    ...(isUtf8(file) && { file: file.toString() }),
    open: () => createReadStream(file),
    ...owned,
  };
}

/** Whether the name can be given to what takes texts for paths. */
function isUtf8(file: Buffer): boolean {
  return Buffer.from(file.toString()).equals(file);
}

function absolute(root: Buffer, path: BytePath): Buffer {
  return path === '' ? root : Buffer.concat([root, Buffer.from('/'), Buffer.from(path, 'latin1')]);
}
