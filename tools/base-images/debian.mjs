import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../machine/cache.mjs';
import { installPackages, trixieMirror } from '../machine/debian.mjs';
import { capture } from '../machine/run.mjs';

/** What debian:trixie-slim leaves out, and what only a package manager's past explains. */
const LEFT_OUT = ['usr/share/doc', 'usr/share/man', 'usr/share/locale', 'usr/share/info'];
const EMPTIED = ['var/cache/apt', 'var/lib/apt/lists', 'var/log'];

/** A layer (tar file) with a minimal trixie and, where asked, more of its packages. */
export function debianLayer(directory, packages = []) {
  installPackages(['debootstrap']);
  const rootfs = join(directory, 'rootfs');
  capture('debootstrap', [
    '--variant=minbase',
    `--cache-dir=${cacheDirectory('debian-packages')}`,
    ...(packages.length > 0 ? [`--include=${packages.join(',')}`] : []),
    'trixie',
    rootfs,
    trixieMirror(),
  ]);
  for (const path of LEFT_OUT) rmSync(join(rootfs, path), { recursive: true, force: true });
  for (const path of EMPTIED) {
    rmSync(join(rootfs, path), { recursive: true, force: true });
    mkdirSync(join(rootfs, path));
  }
  // The host's name servers: an engine puts its own into each container.
  rmSync(join(rootfs, 'etc/resolv.conf'), { force: true });
  return layerOf(directory, 'debian', rootfs);
}

/** debian:trixie-slim. Like the real one it holds no CA certificates. */
export function debianImage(directory) {
  return {
    layers: [debianLayer(directory)],
    config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['bash'] },
  };
}

/** Packs a folder into the tar file of a layer, owned as it is on disk, and deletes the folder. */
export function layerOf(directory, name, rootfs) {
  const tar = join(directory, `${name}.tar`);
  capture('tar', [
    '--create',
    `--file=${tar}`,
    '--numeric-owner',
    '--sort=name',
    '--clamp-mtime',
    '--mtime=2025-08-09T00:00:00Z',
    `--directory=${rootfs}`,
    '.',
  ]);
  rmSync(rootfs, { recursive: true });
  return tar;
}
