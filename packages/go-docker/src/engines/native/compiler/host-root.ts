import { constants, copyFileSync, createWriteStream, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileNode, RegularNode } from '@go-docker/oci-image';
import { byPlace, shown, type BytePath } from '../files/byte-path';
import type { FileTree } from '../files/file-tree';
import { LinkCircle, resolved } from '../files/resolve';

/** A folder of this machine that holds the files of a stage, where the host's Go can read them. */
export class HostRoot {
  private readonly written = new Map<BytePath, FileNode>();

  constructor(readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  /** Where a file of the stage is on this machine. */
  pathOf(path: BytePath): string {
    return join(this.directory, shown(path));
  }

  /** Makes the folder hold the files of the stage; what is there already is not written again. */
  async take(tree: FileTree): Promise<void> {
    const files = [...tree.entries()].sort(([a], [b]) => byPlace(a, b));
    for (const path of [...this.written.keys()].reverse()) if (!tree.get(path)) this.forget(path);
    for (const [path, node] of files) {
      const before = this.written.get(path);
      if (before && isAsBefore(before, node)) continue;
      if (before) this.forget(path);
      await this.write(path, node, tree);
      this.written.set(path, node);
    }
  }

  /** Something else has written, or taken away, what lies at a path. */
  forget(path: BytePath): void {
    if (path !== '') rmSync(this.pathOf(path), { recursive: true, force: true });
    this.written.delete(path);
  }

  private async write(path: BytePath, node: FileNode, tree: FileTree): Promise<void> {
    const target = this.pathOf(path);
    if (node.type === 'directory') mkdirSync(target, { recursive: true });
    // An absolute link would lead out of the stage.
    else if (node.type === 'symlink') symlinkSync(this.pathOf(placeOf(path, tree)), target);
    else if (node.type === 'file' && node.file !== undefined) {
      copyFileSync(node.file, target, constants.COPYFILE_FICLONE);
    } else if (node.type === 'file') await pipeline(node.open(), createWriteStream(target));
  }
}

/** Where a link leads; one that leads in a circle leads to itself. */
function placeOf(path: BytePath, tree: FileTree): BytePath {
  try {
    return resolved(tree, path);
  } catch (error) {
    if (error instanceof LinkCircle) return path;
    throw error;
  }
}

/** Whether Go would read the same; whose a file is, and with what mode, does not matter here. */
function isAsBefore(before: FileNode, now: FileNode): boolean {
  if (before.type === 'directory' || before.type === 'symlink') {
    return before.type === now.type && (now.type !== 'symlink' || now === before);
  }
  return before === now || (now.type === 'file' && before.type === 'file' && isStamped(before, now));
}

function isStamped(before: RegularNode, now: RegularNode): boolean {
  return before.stamp !== undefined && before.stamp === now.stamp;
}
