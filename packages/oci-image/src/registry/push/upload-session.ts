import { Readable } from 'node:stream';
import type { Bytes } from '../../blobs/digest';
import { OciImageError } from '../../errors';
import { allowedUrl } from '../http/follow-redirects';
import type { HttpBody, HttpResponse } from '../http/http-message';
import type { PushedBlob } from './push-plan';

/** Where a blob is sent to. */
export interface UploadSession {
  readonly url: URL;
  /** The registry takes no smaller pieces, the last one left out. */
  readonly minimumChunkBytes: Bytes;
}

/** A part of a blob as it is sent. @param end The byte after the last one. */
export function bodyOf(
  blob: PushedBlob,
  start: Bytes,
  end: Bytes,
  onBytes: (bytes: Bytes) => void,
): HttpBody | undefined {
  if (start === end) return undefined;
  return { bytes: end - start, open: () => Readable.from(counted(), { objectMode: false }) };

  async function* counted(): AsyncGenerator<Buffer> {
    let at = start;
    for await (const chunk of blob.open(start, end)) {
      yield chunk as Buffer;
      at += (chunk as Buffer).length;
      onBytes(at);
    }
  }
}

/** Leaves what the address holds already as it is: it may be signed. */
export function withDigest(url: URL, { digest }: PushedBlob): URL {
  const place = new URL(url);
  place.search += `${url.search ? '&' : '?'}digest=${encodeURIComponent(digest)}`;
  return place;
}

/** @returns Where a registry wants to have the next piece. @throws OciImageError where it does not say. */
export function placeOf({ headers, url }: HttpResponse, fallback: URL | undefined, repository: string): URL {
  const { location } = headers;
  if (location === undefined && fallback) return fallback;
  if (location !== undefined && URL.canParse(location, url.href))
    return allowedUrl(new URL(location, url), url);
  throw new OciImageError(`${url.host} does not say where to send a blob`, {
    location: { file: `${url.host}/${repository}` },
    advice: 'see whether a proxy before the registry drops the header Location',
  });
}
