import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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

/** alpine:3.22, in shape: busybox with its applets, musl's loader, and the TLS roots where Alpine has them. No apk. */
export function alpineImage(directory) {
  const rootfs = join(directory, 'alpine');
  extractPackages(['busybox-static', 'ca-certificates', 'musl'], rootfs);
  moveLoader(rootfs);
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

/** Debian keeps musl below a folder of its architecture, and a link where Alpine has the file. */
function moveLoader(rootfs) {
  const loader = readdirSync(join(rootfs, 'usr/lib')).find((name) => name.startsWith('ld-musl-'));
  if (!loader) throw new Error('The package musl holds no loader where it was expected.');
  mkdirSync(join(rootfs, 'lib'), { recursive: true });
  copyFileSync(realpathSync(join(rootfs, 'usr/lib', loader)), join(rootfs, 'lib', loader));
  for (const path of ['usr/lib', 'usr/bin/ld-musl-config']) rmSync(join(rootfs, path), { recursive: true });
  for (const name of readdirSync(join(rootfs, 'etc')).filter((name) => name.startsWith('ld-musl-')))
    rmSync(join(rootfs, 'etc', name), { recursive: true });
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
