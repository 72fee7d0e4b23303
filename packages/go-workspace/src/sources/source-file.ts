import type { DirectoryEntry } from '../files/file-system';
import { childPath, type WorkspacePath } from '../files/workspace-path';

/** A file that may belong to a package, as far as its name tells. */
export interface SourceFile {
  readonly path: WorkspacePath;
  readonly kind: 'go' | 'test' | 'other';
  /** Without the dot. */
  readonly extension: string;
  /** The tags that its name asks for, such as those of `name_linux_arm64.go`. */
  readonly tags: readonly string[];
}

/** The source files among the entries of a folder, sorted by name. */
export function sourceFiles(dir: WorkspacePath, entries: Iterable<DirectoryEntry>): readonly SourceFile[] {
  const files: SourceFile[] = [];
  for (const { name, kind } of entries) {
    if (kind !== 'file' || isHidden(name)) continue;
    const extension = name.slice(name.lastIndexOf('.') + 1);
    const isGo = extension === 'go' && name.length > 2;
    files.push({
      path: childPath(dir, name),
      kind: !isGo ? 'other' : name.endsWith('_test.go') ? 'test' : 'go',
      extension,
      tags: nameTags(name),
    });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether Go overlooks a file or folder of this name. */
export function isHidden(name: string): boolean {
  return name.startsWith('.') || name.startsWith('_');
}

// From internal/syslist in the Go tree: what counts in a file name, ports of the past and the future with it.
export const SYSTEMS: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);
const ARCHITECTURES = new Set(
  `386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le
   ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm`.split(/\s+/),
);
const NO_TAGS: readonly string[] = [];

/** The tags that a file name asks for (go/build, goodOSArchFile): `linux.go` asks for none, `x_linux.go` does. */
export function nameTags(name: string): readonly string[] {
  if (!name.includes('_')) return NO_TAGS;
  const [stem = ''] = name.split('.', 1);
  const parts = stem.split('_').slice(1);
  if (parts.at(-1) === 'test') parts.pop();
  const last = parts.at(-1) ?? '';
  const beforeLast = parts.at(-2) ?? '';
  if (SYSTEMS.has(beforeLast) && ARCHITECTURES.has(last)) return [beforeLast, last];
  return SYSTEMS.has(last) || ARCHITECTURES.has(last) ? [last] : NO_TAGS;
}
