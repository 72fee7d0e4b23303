import { copyFileSync, existsSync, mkdirSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../machine/run.mjs';
import { goRoot } from '../go.mjs';
import { debianLayer, layerOf } from './debian.mjs';

/** What the official image has and Go uses: version control, TLS roots, and a C compiler for cgo. */
const PACKAGES = ['ca-certificates', 'gcc', 'git', 'libc6-dev', 'openssh-client'];
const HOST_CERTIFICATES = [
  process.env.SSL_CERT_FILE,
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
];

/** golang:<version>: trixie with the real toolchain of that version. */
export function golangImage(directory, version) {
  return {
    layers: [debianLayer(directory, PACKAGES), goPathLayer(directory), toolchainLayer(directory, version)],
    config: {
      Env: [
        'PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        `GOLANG_VERSION=${version}`,
        'GOTOOLCHAIN=local',
        'GOPATH=/go',
      ],
      Cmd: ['bash'],
      WorkingDir: '/go',
    },
  };
}

function goPathLayer(directory) {
  const rootfs = join(directory, 'go-path');
  for (const path of ['go', 'go/src', 'go/bin']) {
    mkdirSync(join(rootfs, path), { recursive: true });
    chmodSync(join(rootfs, path), 0o1777);
  }
  // A network may end TLS with roots of its own; what the host trusts, the build must trust.
  const certificates = HOST_CERTIFICATES.find((file) => file && existsSync(file));
  if (certificates) {
    mkdirSync(join(rootfs, 'etc/ssl/certs'), { recursive: true });
    copyFileSync(certificates, join(rootfs, 'etc/ssl/certs/ca-certificates.crt'));
  }
  return layerOf(directory, 'go-path', rootfs);
}

function toolchainLayer(directory, version) {
  const tar = join(directory, 'toolchain.tar');
  capture('tar', [
    '--create',
    `--file=${tar}`,
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    // Toolchains in Go's module cache are read-only; distributions keep theirs behind links.
    '--mode=u+w',
    '--dereference',
    '--transform=s,^\\.,usr/local/go,',
    `--directory=${goRoot(version)}`,
    '.',
  ]);
  return tar;
}
