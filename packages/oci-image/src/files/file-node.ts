import type { Readable } from 'node:stream';
import type { Bytes } from '../blobs/digest';

/** What every file of an image has, whatever it is. */
interface Owned {
  /** Permissions with the bits for set-user-ID, set-group-ID and sticky: 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Extended attributes as the records of a tar entry name them (`SCHILY.xattr.…`), one character for each byte. */
  readonly attributes?: ReadonlyMap<string, string>;
}

export interface DirectoryNode extends Owned {
  readonly type: 'directory';
}

export interface RegularNode extends Owned {
  readonly type: 'file';
  readonly size: Bytes;
  /** Two nodes with one stamp are the same file, unchanged since; undefined: no other node is. */
  readonly stamp?: string;
  /** Absolute path of a file on this machine that has exactly these bytes, where there is one. */
  readonly file?: string;
  open(): Readable;
}

export interface LinkNode extends Owned {
  readonly type: 'symlink';
  /** One character for each byte. */
  readonly target: string;
}

/** A device or a FIFO. */
export interface SpecialNode extends Owned {
  readonly type: 'special';
  /** The typeflag of its tar entry. */
  readonly flag: '3' | '4' | '6';
  readonly devmajor: number;
  readonly devminor: number;
}

/** A file of an image's file system. */
export type FileNode = DirectoryNode | RegularNode | LinkNode | SpecialNode;
