import { type Digest, digestOf, isDigest } from '../../blobs/digest';
import { OciImageError } from '../../errors';
import { INDEX_TYPES, MANIFEST_TYPES } from '../../media-types';
import { endpointOf, mirrorEndpoint } from '../client/endpoint';
import { RegistryClient } from '../client/registry-client';
import type { ImageReference } from '../reference';
import type { RegistryOptions } from '../registry-options';
import type { BlobCache, KnownBlob } from './blob-cache';
import { downloadBlob } from './download-blob';

/** As containerd: no index, manifest or config is larger. */
const MAX_DOCUMENT_BYTES = 4 << 20;

const ACCEPT = [...INDEX_TYPES, ...MANIFEST_TYPES].join(', ');

/** One repository, read through its mirrors, and all that is read kept in a cache. */
export class ImageSource {
  private clients: readonly RegistryClient[];

  constructor(
    private readonly reference: ImageReference,
    private readonly cache: BlobCache,
    options: RegistryOptions,
  ) {
    const mirrors = options.mirrors?.[reference.registry] ?? [];
    const endpoints = [...mirrors.map(mirrorEndpoint), endpointOf(reference.registry)];
    this.clients = endpoints.map((endpoint) => new RegistryClient(endpoint, options));
  }

  /** @returns Manifest or index, by its tag or digest; of a digest that is in the cache, without the network. */
  async manifest(by: Digest | string): Promise<Buffer> {
    const expected = isDigest(by) ? by : undefined;
    const kept = expected && (await this.cache.read(expected));
    if (kept) return kept;
    const bytes = await this.fromFirst((client) => this.fetchManifest(client, by));
    await this.cache.write(bytes);
    return bytes;
  }

  /** @returns A config, which a manifest names. */
  async config(blob: KnownBlob): Promise<Buffer> {
    if (blob.size > MAX_DOCUMENT_BYTES)
      throw this.wrong(`${blob.digest} has ${blob.size} bytes, which is no config`);
    const kept = await this.cache.read(blob.digest);
    if (kept) return kept;
    await this.download(blob, () => undefined);
    const bytes = await this.cache.read(blob.digest);
    if (bytes) return bytes;
    throw this.wrong(`${blob.digest} is no longer in the cache`);
  }

  /** Makes sure that a blob is in the cache. */
  async fetchBlob(blob: KnownBlob, onBytes: (bytes: number) => void): Promise<void> {
    if (await this.cache.has(blob)) onBytes(blob.size);
    else await this.download(blob, onBytes);
  }

  private async download(blob: KnownBlob, onBytes: (bytes: number) => void): Promise<void> {
    const { repository } = this.reference;
    await this.fromFirst(async (client) => {
      const isRight = await this.cache.receive(blob.digest, (partial) =>
        downloadBlob(client, { repository, blob, onBytes }, partial),
      );
      if (!isRight)
        throw this.wrong(`what ${client.endpoint.registry} sends for ${blob.digest} is something else`);
    });
  }

  /** Mirrors first. One that fails is not asked again; what the registry itself says counts. */
  private async fromFirst<T>(action: (client: RegistryClient) => Promise<T>): Promise<T> {
    for (const client of this.clients.slice(0, -1)) {
      try {
        return await action(client);
      } catch (error) {
        if (client.signal?.aborted || !(error instanceof OciImageError)) throw error;
        this.clients = this.clients.filter((other) => other !== client);
      }
    }
    const origin = this.clients.at(-1);
    if (!origin) throw new Error('a source has at least one client');
    return action(origin);
  }

  private async fetchManifest(client: RegistryClient, by: string): Promise<Buffer> {
    const { response, bytes } = await client.document(
      {
        ...{ method: 'GET', to: `manifests/${by}`, repository: this.reference.repository, access: 'pull' },
        ...{ headers: { accept: ACCEPT }, expect: [200] },
      },
      MAX_DOCUMENT_BYTES,
    );
    const said = isDigest(by) ? by : response.headers['docker-content-digest'];
    const actual = digestOf(bytes);
    if (isDigest(said) && said !== actual) {
      throw this.wrong(
        `what ${client.endpoint.registry} sends for ${said} is something else: it has ${actual}`,
      );
    }
    return bytes;
  }

  private wrong(what: string): OciImageError {
    const { registry, repository } = this.reference;
    return new OciImageError(what, {
      location: { file: `${registry}/${repository}` },
      advice: `try again; if it stays so, ask who runs ${registry} or a proxy on the way`,
    });
  }
}
