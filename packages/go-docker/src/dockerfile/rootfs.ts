import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { replaceBlocks } from '../managed-block/managed-block';
import type { Runner } from './image-settings';

/**
 * Files of the workspace that runners without certificates or users of their own copy. They lie in the workspace because there every
 * engine reads the same bytes, with no registry and no `RUN`; a company puts its own root certificates there, in one place.
 */
export const rootfsFolder: WorkspacePath = 'tools/go-docker/rootfs';
const rootfs = rootfsFilesIn(rootfsFolder);
export const certificatesFile = rootfs.certificates;
export const passwdFile = rootfs.passwd;
export const groupFile = rootfs.group;

/** Where the shared files lie, each one by what it is. */
export type RootfsFiles = Readonly<Record<'certificates' | 'passwd' | 'group', WorkspacePath>>;

/** Where they lie in a folder like {@link rootfsFolder}. */
export function rootfsFilesIn(folder: WorkspacePath): RootfsFiles {
  return {
    certificates: `${folder}/etc/ssl/certs/ca-certificates.crt`,
    passwd: `${folder}/etc/passwd`,
    group: `${folder}/etc/group`,
  };
}

/** Every file that the images of a workspace may share. */
export const sharedFiles: readonly WorkspacePath[] = [groupFile, passwdFile, certificatesFile];

/** Path → text of the shared files that a runner copies. */
export function sharedFilesOf(runner: Runner): ReadonlyMap<WorkspacePath, string> {
  const files = new Map<WorkspacePath, string>();
  // Both bases have a bundle of their own, under the same name: https://pkgs.alpinelinux.org/package/v3.22/main/x86_64/ca-certificates-bundle
  if (runner === 'distroless' || runner === 'alpine') return files;
  files.set(certificatesFile, certificatesText(rootCertificates));
  if (runner === 'scratch') {
    files.set(passwdFile, passwd);
    files.set(groupFile, group);
  }
  return files;
}

/** A bundle with the given root certificates as a managed block, below which a company puts its own. */
export function certificatesText(roots: readonly string[]): string {
  return [
    '# Root certificates, which "nx g go-docker:update-bases" renews. Your own go below the block.',
    ...certificatesBlock(roots),
    '',
  ].join('\n');
}

/**
 * The bundle with these root certificates in place of those of its managed block. One without the block is its owner's and stays.
 *
 * @throws GoDockerError where a marker of the block is missing.
 */
export function withCertificates(text: string, roots: readonly string[]): string {
  return replaceBlocks(text, certificatesFile, new Map([[certificatesBlockName, certificatesBlock(roots)]]));
}

const certificatesBlockName = 'certificates';

function certificatesBlock(roots: readonly string[]): readonly string[] {
  return [
    `# go-docker:begin ${certificatesBlockName}`,
    ...certificates(roots).trimEnd().split('\n'),
    `# go-docker:end ${certificatesBlockName}`,
  ];
}

/** What gcr.io/distroless/static has, without the users that no image of ours runs as. */
const passwd = `root:x:0:0:root:/root:/sbin/nologin
nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
`;

const group = `root:x:0:
nonroot:x:65532:
`;

/**
 * A bundle of certificates as `/etc/ssl/certs/ca-certificates.crt` holds them, each under its name.
 *
 * @param pems In any order; the bundle's order depends on what they are alone.
 */
export function certificates(pems: readonly string[]): string {
  const entries = pems.map((pem) => {
    const { subject, fingerprint256 } = new X509Certificate(pem);
    const name =
      /^CN=(.*)$/m.exec(subject)?.[1] ?? /^OU=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
    return { key: `${name}\n${fingerprint256}`, text: `# ${name}\n${pem.trim()}\n` };
  });
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  return entries.map(({ text }) => text).join('\n');
}
