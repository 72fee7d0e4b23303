import { Readable } from 'node:stream';
import { compressionOf } from '../blobs/compression';
import { digestOf } from '../blobs/digest';
import { meter } from '../blobs/meter';
import { OciImageError } from '../errors';
import type { ArchivedLayer, Digest } from '../image';
import type { TarFile, TarIndex } from './tar-index';

/** As containerd: no index, manifest or config is larger. */
const MAX_DOCUMENT_BYTES = 4 << 20;

/**
 * @param digest What the text must have; undefined where nothing names it.
 * @throws OciImageError where the file is missing, too large or not what its digest says.
 */
export async function readDocument(index: TarIndex, name: string, digest?: Digest): Promise<string> {
  const file = requireFile(index, name);
  if (file.size > MAX_DOCUMENT_BYTES)
    throw wrong(index, `${name} has ${file.size} bytes, which is no document`);
  const chunks: Buffer[] = [];
  for await (const chunk of file.open()) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (digest && digestOf(bytes) !== digest) throw wrongDigest(index.file, name, digest, digestOf(bytes));
  return bytes.toString('utf8');
}

/** @throws OciImageError where the archive has no such file. */
export async function archivedLayer(
  index: TarIndex,
  name: string,
  { diffId, digest }: { diffId: Digest; digest?: Digest },
): Promise<ArchivedLayer> {
  const file = requireFile(index, name);
  return { diffId, digest, compression: await sniff(file), size: file.size, open };

  function open(): Readable {
    if (!digest) return file.open();
    const verify = meter((actual) => {
      if (actual.digest !== digest) throw wrongDigest(index.file, name, digest, actual.digest);
    });
    return Readable.from(verify.stage(file.open()));
  }
}

export function requireFile(index: TarIndex, name: string): TarFile {
  const file = index.find(name);
  if (!file) throw wrong(index, `${name} is missing`);
  return file;
}

async function sniff(file: TarFile) {
  const chunks: Buffer[] = [];
  for await (const chunk of file.open(4)) chunks.push(chunk as Buffer);
  return compressionOf(Buffer.concat(chunks));
}

function wrong(index: TarIndex, what: string): OciImageError {
  return new OciImageError(`the image archive is not whole: ${what}`, {
    location: { file: index.file },
    advice: 'build the image again',
  });
}

export function wrongDigest(file: string, name: string, expected: Digest, actual: Digest): OciImageError {
  return new OciImageError(`${name} is not what its digest says: it has ${actual}, not ${expected}`, {
    location: { file },
    advice: 'build the image again',
  });
}
