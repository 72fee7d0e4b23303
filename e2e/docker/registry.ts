import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../workspace/environment';
import { start, succeed } from '../workspace/program';
import { freePort } from './free-port';

/** A registry on loopback. */
export interface Registry {
  /** `127.0.0.1:5000` */
  readonly address: string;
  /** Makes `name` an index of one image, which is another one for each text. Gives the digest of the index. */
  push(name: string, tag: string, text: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startRegistry(): Promise<Registry> {
  const program = (await succeed(process.execPath, [join(repository, 'tools/docker-registry.mjs')]))
    .trim()
    .split('\n')
    .at(-1);
  const folder = mkdtempSync(join(tmpdir(), 'gd-registry-'));
  const address = `127.0.0.1:${await freePort()}`;
  const config = {
    version: 0.1,
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: address },
  };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  // It lives as long as its tests do, however long a loaded machine takes for them.
  const options = { timeoutMs: 60 * 60_000 };
  const running = start(program ?? 'docker-registry', ['serve', join(folder, 'config.yml')], options);
  await running.printed(/listening on/, 30_000);
  return {
    address,
    push: (name, tag, text) => push(`http://${address}/v2/${name}`, tag, text),
    async stop() {
      running.signal('SIGTERM');
      await running.finished;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#push */
async function push(url: string, tag: string, text: string): Promise<string> {
  const config = await pushBlob(url, {
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: [],
    annotations: { text },
  };
  const platform = { architecture: 'amd64', os: 'linux' };
  const image = await pushManifest(url, undefined, manifest);
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ mediaType: manifest.mediaType, ...image, platform }],
  };
  return (await pushManifest(url, tag, index)).digest;
}

interface Pushed {
  readonly digest: string;
  readonly size: number;
}

async function pushBlob(url: string, content: object): Promise<Pushed> {
  const body = JSON.stringify(content);
  const { digest, size } = identity(body);
  const upload = await fetch(`${url}/blobs/uploads/`, { method: 'POST' });
  const place = new URL(upload.headers.get('location') ?? '', url);
  place.searchParams.set('digest', digest);
  await expectCreated(await fetch(place, { method: 'PUT', body }));
  return { digest, size };
}

async function pushManifest(
  url: string,
  tag: string | undefined,
  content: { readonly mediaType: string },
): Promise<Pushed> {
  const body = JSON.stringify(content);
  const { digest, size } = identity(body);
  const headers = { 'content-type': content.mediaType };
  await expectCreated(await fetch(`${url}/manifests/${tag ?? digest}`, { method: 'PUT', body, headers }));
  return { digest, size };
}

async function expectCreated(response: Response): Promise<void> {
  if (response.status !== 201)
    throw new Error(`the registry says ${response.status}: ${await response.text()}`);
}

function identity(body: string): Pushed {
  return {
    digest: `sha256:${createHash('sha256').update(body).digest('hex')}`,
    size: Buffer.byteLength(body),
  };
}
