import { isDigest } from '../../blobs/digest';
import { OciImageError } from '../../errors';
import { bytesBody, discard, type HttpResponse } from '../http/http-message';
import type { Destination } from './destination';
import type { PushedDocument } from './push-plan';

/**
 * Stores a manifest or an index, unless it is there under that name. Registries may forbid to set a tag twice, even to the same.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests
 *
 * @param name A tag, or the document's own digest.
 * @returns The registry's answer; undefined where it was there.
 * @throws OciImageError for a refusal, and for a registry that stores something else.
 */
export async function pushManifest(
  { client, repository }: Destination,
  document: PushedDocument,
  name: string,
): Promise<HttpResponse | undefined> {
  const { mediaType, digest, bytes } = document;
  const asked = { to: `manifests/${name}`, repository, access: 'pull,push' } as const;
  const there = await client.request({
    ...asked,
    method: 'HEAD',
    headers: { accept: mediaType },
    expect: [200, 404],
  });
  discard(there);
  if (there.status === 200 && there.headers['docker-content-digest'] === digest) return undefined;
  const response = await client.request({
    ...{ ...asked, method: 'PUT', headers: { 'content-type': mediaType } },
    ...{ body: bytesBody(bytes), expect: [200, 201, 202] },
  });
  discard(response);
  const stored = response.headers['docker-content-digest'];
  if (isDigest(stored) && stored !== digest) {
    throw new OciImageError(`the registry has stored something else: ${stored}, not ${digest}`, {
      location: { file: `${client.endpoint.registry}/${repository}` },
      advice: 'see whether a proxy before the registry changes what is sent',
    });
  }
  return response;
}
