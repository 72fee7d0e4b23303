import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extractPackages } from './debian-packages.mjs';

/** musl with its compiler, and what the apk below says is there. */
const PACKAGES = ['musl', 'musl-dev', 'musl-tools', 'upx-ucl', 'libucl1'];

const SCRIPTS = {
  // The compiler of Alpine links with musl.
  'usr/local/bin/gcc': ['exec musl-gcc "$@"'],
  // Go's own linker would take the loader of glibc, which is there too; the compiler takes that of musl.
  'go/bin/go': ['[ "$CGO_ENABLED" = 0 ] || export GO_EXTLINK_ENABLED=1', 'exec /usr/local/go/bin/go "$@"'],
  'usr/local/bin/apk': [
    'if [ "$1" != add ]; then echo "stand-in for apk: only \\"apk add\\" is known" >&2; exit 1; fi',
    'shift',
    'for package in "$@"; do',
    '  case "$package" in',
    '    -*) ;;',
    '    gcc | musl-dev | git | openssh-client | upx | ca-certificates) echo "stand-in for apk: $package is there" ;;',
    '    *) echo "stand-in for apk: there is no $package" >&2; exit 1 ;;',
    '  esac',
    'done',
  ],
};

/** golang:<version>-alpine, in what it compiles: the stand-in on Debian, with musl in place of its C library for cgo. */
export function golangAlpineImage(directory, [, version]) {
  const rootfs = join(directory, 'golang-alpine');
  extractPackages(PACKAGES, rootfs);
  rmSync(join(rootfs, 'usr/share'), { recursive: true });
  symlinkSync('upx-ucl', join(rootfs, 'usr/bin/upx'));
  for (const [file, lines] of Object.entries(SCRIPTS)) {
    mkdirSync(dirname(join(rootfs, file)), { recursive: true });
    writeFileSync(join(rootfs, file), `${['#!/bin/sh', ...lines].join('\n')}\n`);
    chmodSync(join(rootfs, file), 0o755);
  }
  return { from: `golang:${version}`, rootfs };
}
