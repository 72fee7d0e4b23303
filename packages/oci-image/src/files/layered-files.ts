import { posix } from 'node:path';
import { assertOneMeaning, entryPath, folderOf, quoted } from './entry-path';
import type { FileNode } from './file-node';
import { malformedLayer } from './unpacked-layer';

const FOLDER: FileNode = { type: 'directory', mode: 0o755, uid: 0, gid: 0 };

/** As Linux: more links than this lead in a circle. */
const MAX_LINKS = 255;

/** The files of an image while its layers come over each other. */
export class LayeredFiles {
  /** By their paths from the root, without a slash at the start. */
  readonly nodes = new Map<string, FileNode>([['', FOLDER]]);
  /** What the layer at hand has put there, and the folders above it: it hides only what other layers have. */
  private own = new Set<string>();
  private where = '';

  /** @param system Whose rules paths must keep. */
  constructor(private readonly system: NodeJS.Platform) {}

  /** @param where Names the layer in errors. */
  beginLayer(where: string): void {
    this.own = new Set();
    this.where = where;
  }

  /**
   * @param name Of an entry, or what a hard link names.
   * @returns Its path behind the links of the layers below: what `bin/tool` is where `bin` leads to `usr/bin`. Where the last part is a
   * link itself, the path is that of the link.
   * @throws OciImageError for a path that leaves the image or leads in a circle.
   */
  pathOf(name: string): string {
    const path = entryPath(name, this.where);
    if (path === '') return path;
    const place = posix.join(this.resolved(folderOf(path)), posix.basename(path));
    assertOneMeaning(place, this.where, this.system);
    return place;
  }

  put(path: string, node: FileNode): void {
    if (node.type !== 'directory') this.removeBelow(path, () => true);
    this.addFolder(folderOf(path));
    this.nodes.set(path, node);
    this.own.add(path);
  }

  /** Hides a file of the layers below, or a folder of theirs with all that they have in it. */
  hide(path: string): void {
    this.hideBelow(path);
    if (!this.own.has(path)) this.nodes.delete(path);
  }

  /** Hides what the layers below have in a folder. */
  hideBelow(folder: string): void {
    this.removeBelow(folder, (path) => !this.own.has(path));
  }

  private removeBelow(folder: string, isMeant: (path: string) => boolean): void {
    if (this.nodes.get(folder)?.type !== 'directory') return;
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const path of this.nodes.keys()) {
      if (path !== '' && path.startsWith(prefix) && isMeant(path)) this.nodes.delete(path);
    }
  }

  private addFolder(folder: string): void {
    if (folder === '') return;
    this.addFolder(folderOf(folder));
    if (this.nodes.get(folder)?.type !== 'directory') this.nodes.set(folder, FOLDER);
    this.own.add(folder);
  }

  private resolved(folder: string): string {
    const parts = folder.split('/');
    let at = '';
    let links = 0;
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      const next = posix.join('/', at, part).slice(1);
      const node = this.nodes.get(next);
      if (node?.type !== 'symlink') {
        at = next;
        continue;
      }
      if (++links > MAX_LINKS) {
        throw malformedLayer(this.where, `the links of '${quoted(folder)}' lead in a circle`);
      }
      if (node.target.startsWith('/')) at = '';
      parts.unshift(...node.target.split('/'));
    }
    return at;
  }
}
