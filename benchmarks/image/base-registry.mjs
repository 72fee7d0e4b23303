// A registry on loopback with one image, which has nothing in it: ko stands on no `scratch`, and takes a base from a registry alone.
//
//   node benchmarks/image/base-registry.mjs     prints the name of the image, and serves it until its standard input ends
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

const digestOf = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Two blocks of zeros are a tar without a file. */
const tar = Buffer.alloc(1024);
const layer = gzipSync(tar);
const config = json({
  architecture: 'amd64',
  os: 'linux',
  config: {},
  rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
  history: [{ created: '1970-01-01T00:00:00Z', created_by: 'nothing' }],
});
const OCI = 'application/vnd.oci.image';
const MANIFEST = `${OCI}.manifest.v1+json`;
const manifest = json({
  schemaVersion: 2,
  mediaType: MANIFEST,
  config: { mediaType: `${OCI}.config.v1+json`, digest: digestOf(config), size: config.length },
  layers: [{ mediaType: `${OCI}.layer.v1.tar+gzip`, digest: digestOf(layer), size: layer.length }],
});

const files = new Map([
  ['/v2/', { type: 'application/json', bytes: Buffer.from('{}') }],
  ...['nothing', digestOf(manifest)].map((name) => [
    `/v2/base/manifests/${name}`,
    { type: MANIFEST, bytes: manifest },
  ]),
  ...[config, layer].map((bytes) => [
    `/v2/base/blobs/${digestOf(bytes)}`,
    { type: 'application/octet-stream', bytes },
  ]),
]);

const server = createServer((request, response) => {
  const file = files.get(request.url ?? '');
  if (!file) return response.writeHead(404).end();
  const { type, bytes } = file;
  const headers = {
    'content-type': type,
    'content-length': bytes.length,
    'docker-content-digest': digestOf(bytes),
  };
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : bytes);
});
server.listen(0, '127.0.0.1', () => console.log(`localhost:${server.address().port}/base:nothing`));

// Whoever has started it may be killed.
process.stdin.resume().on('end', () => process.exit());

function json(value) {
  return Buffer.from(JSON.stringify(value));
}
