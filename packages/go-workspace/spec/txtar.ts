import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `-- path --`, or `-- path -> target --` for a symbolic link, which the format itself does not know. */
const HEADER = /^-- (.+?)(?: -> (.+))? --$/;

/** A workspace as one text: Go's own archive format for test data (https://pkg.go.dev/golang.org/x/tools/txtar). */
export interface Archive {
  /** What stands before the first file: what the workspace shows. */
  readonly comment: string;
  readonly files: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, string>;
}

export function parseTxtar(text: string): Archive {
  const files = new Map<string, string>();
  const links = new Map<string, string>();
  let comment = '';
  let current: string | undefined;
  for (const line of text.split(/(?<=\n)/)) {
    const [, path, target] = HEADER.exec(line.trimEnd()) ?? [];
    if (path !== undefined && target !== undefined) links.set(path, target);
    else if (path !== undefined) files.set((current = path), '');
    else if (current === undefined) comment += line;
    else files.set(current, `${files.get(current)}${line}`);
  }
  return { comment: comment.trim(), files, links };
}

/** Writes an archive to disk. */
export function writeArchive({ files, links }: Archive, root: string, lineEnd: '\n' | '\r\n'): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    // Checksum files are written by the go command, which ends lines with \n on every system.
    writeFileSync(join(root, path), /\.sum$/.test(path) ? text : text.replaceAll('\n', lineEnd));
  }
  for (const [path, target] of links) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
}
