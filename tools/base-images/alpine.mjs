import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { capture } from '../machine/run.mjs';
import { layerOf } from './debian.mjs';
import { extractPackages } from './debian-packages.mjs';
import { bundleCertificates } from './distroless.mjs';

const FILES = {
  'etc/passwd': ['root:x:0:0:root:/root:/bin/sh', 'nobody:x:65534:65534:nobody:/:/sbin/nologin'],
  'etc/group': ['root:x:0:root', 'nogroup:x:65533:', 'nobody:x:65534:'],
  'etc/os-release': [
    'NAME="Alpine Linux"',
    'ID=alpine',
    'VERSION_ID=3.22.0',
    'PRETTY_NAME="Alpine Linux v3.22"',
  ],
  'etc/shells': ['/bin/sh', '/bin/ash'],
};

/** alpine:3.22, in shape: busybox with its applets, and the TLS roots where Alpine has them. No apk. */
export function alpineImage(directory) {
  const rootfs = join(directory, 'alpine');
  extractPackages(['busybox-static', 'ca-certificates'], rootfs);
  bundleCertificates(rootfs);
  rmSync(join(rootfs, 'usr/share'), { recursive: true });
  symlinkSync('certs/ca-certificates.crt', join(rootfs, 'etc/ssl/cert.pem'));
  installApplets(rootfs);
  for (const [file, lines] of Object.entries(FILES))
    writeFileSync(join(rootfs, file), `${lines.join('\n')}\n`);
  for (const [path, mode] of [
    ['tmp', 0o1777],
    ['root', 0o700],
    ['var/tmp', 0o1777],
  ]) {
    mkdirSync(join(rootfs, path), { recursive: true });
    chmodSync(join(rootfs, path), mode);
  }
  return {
    layers: [layerOf(directory, 'alpine', rootfs)],
    config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['/bin/sh'] },
  };
}

function installApplets(rootfs) {
  const busybox = ['usr/bin/busybox', 'bin/busybox'].find((path) => existsSync(join(rootfs, path)));
  if (!busybox) throw new Error('The package busybox-static holds no busybox where it was expected.');
  const applets = capture(join(rootfs, busybox), ['--list-full']).split('\n').filter(Boolean);
  for (const applet of new Set([...applets, 'bin/sh'])) {
    if (basename(applet) === 'busybox') continue;
    mkdirSync(dirname(join(rootfs, applet)), { recursive: true });
    symlinkSync(`/${busybox}`, join(rootfs, applet));
  }
}
