import { chmodSync, chownSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractPackages } from './debian-packages.mjs';
import { layerOf } from './debian.mjs';

/** https://github.com/GoogleContainerTools/distroless/blob/main/base/README.md */
const PACKAGES = ['base-files', 'netbase', 'tzdata', 'media-types', 'ca-certificates'];
const FILES = {
  'etc/passwd': [
    'root:x:0:0:root:/root:/sbin/nologin',
    'nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin',
    'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin',
  ],
  'etc/group': ['root:x:0:', 'nobody:x:65534:', 'tty:x:5:', 'staff:x:50:', 'nonroot:x:65532:'],
  'etc/nsswitch.conf': ['hosts: files dns'],
  'usr/lib/os-release': [
    'PRETTY_NAME="Distroless"',
    'NAME="Debian GNU/Linux"',
    'ID="debian"',
    'VERSION_ID="13"',
    'VERSION="Debian GNU/Linux 13 (trixie)"',
  ],
};

/** What stands on the static image, by the name of the image. */
const LIBRARIES = {
  static: [],
  base: ['libc6', 'libssl3t64', 'zlib1g', 'libzstd1'],
  cc: ['libc6', 'libssl3t64', 'zlib1g', 'libzstd1', 'libgcc-s1', 'libgomp1', 'libstdc++6'],
};

/** gcr.io/distroless/<name>-debian13:nonroot, from the packages that the real one is made of. */
export function distrolessImage(directory, [, name]) {
  const rootfs = join(directory, 'distroless');
  extractPackages([...PACKAGES, ...LIBRARIES[name]], rootfs);
  bundleCertificates(rootfs);
  for (const [file, lines] of Object.entries(FILES))
    writeFileSync(join(rootfs, file), `${lines.join('\n')}\n`);
  mkdirSync(join(rootfs, 'home/nonroot'), { recursive: true });
  chownSync(join(rootfs, 'home/nonroot'), 65532, 65532);
  chmodSync(join(rootfs, 'home/nonroot'), 0o700);
  mkdirSync(join(rootfs, 'tmp'), { recursive: true });
  chmodSync(join(rootfs, 'tmp'), 0o1777);
  return {
    // Not a single byte of the static one depends on the processor.
    ...(name === 'static' && { architectures: ['amd64', 'arm64'] }),
    layers: [layerOf(directory, 'distroless', rootfs)],
    config: {
      User: '65532',
      Env: [
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt',
      ],
      WorkingDir: '/home/nonroot',
    },
  };
}

/** Joins the certificates of the ca-certificates package into the one file that programs read. */
export function bundleCertificates(rootfs) {
  const source = join(rootfs, 'usr/share/ca-certificates/mozilla');
  const certificates = readdirSync(source)
    .sort()
    .map((name) => readFileSync(join(source, name), 'utf8').trim());
  const target = join(rootfs, 'etc/ssl/certs');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'ca-certificates.crt'), `${certificates.join('\n')}\n`);
  rmSync(source, { recursive: true });
}
