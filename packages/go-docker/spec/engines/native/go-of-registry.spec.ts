import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TwoEngines } from './two-engines';

jest.setTimeout(3 * 60_000);

const goVersion =
  /^go (\S+)$/m.exec(readFileSync(join(__dirname, '../../../../../examples/shop/go.work'), 'utf8'))?.[1] ??
  '';

const LAYER = `sha256:${'1'.repeat(64)}`;

describe('an image of Go whose name does not say its release', () => {
  const before = process.env['XDG_CACHE_HOME'];
  const cache = mkdtempSync(join(tmpdir(), 'go-docker-spec-cache-'));
  const workspace = new TwoEngines();
  let server: Server;
  let asked: string[] = [];
  let blobs: Map<string, string>;

  /** What the registry says of the image: one layer, which it does not have. */
  function serve(variables: readonly string[]): void {
    const config = JSON.stringify({
      ...{ os: 'linux', architecture: 'amd64', config: { Env: variables, WorkingDir: '/go' } },
      ...{ rootfs: { type: 'layers', diff_ids: [LAYER] } },
    });
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...identity(config) },
      layers: [
        { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: LAYER, size: 300_000_000 },
      ],
    });
    blobs = new Map([
      ['/v2/', '{}'],
      ['/v2/go/manifests/1', manifest],
      [`/v2/go/blobs/${identity(config).digest}`, config],
    ]);
  }

  beforeAll(async () => {
    process.env['XDG_CACHE_HOME'] = cache;
    server = createServer(({ url = '' }, response) => {
      asked.push(url);
      const body = blobs.get(url);
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    workspace.write('go.mod', `module example.com/app\n\ngo ${goVersion}\n`);
    workspace.write('main.go', 'package main\n\nfunc main() {}\n');
    const image = `127.0.0.1:${(server.address() as AddressInfo).port}/go:1`;
    workspace.write(
      'Dockerfile',
      `FROM ${image} AS builder
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o $APP_DIRECTORY/app .
FROM scratch AS runner
COPY --from=builder /made /
`,
    );
  });
  beforeEach(() => (asked = []));
  afterAll(() => {
    server.close();
    workspace.remove();
    rmSync(cache, { recursive: true });
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
  });

  it('is known by what its registry says of its variables, and no layer of it is fetched', async () => {
    serve(['PATH=/usr/local/go/bin', `GOLANG_VERSION=${goVersion}`, 'APP_DIRECTORY=/made']);
    const [image] = await workspace.seen(await workspace.build('native', { platforms: ['linux/amd64'] }));
    expect(image?.layers.join('')).toMatch(/ app$/m);
    expect(asked.filter((url) => url !== '/v2/')).toEqual([...blobs.keys()].slice(1));
    expect(readdirSync(join(cache, 'go-docker/base-images/blobs/sha256'))).toHaveLength(2);
  });

  it('is asked for each time, but its config only when it is another', async () => {
    await workspace.build('native');
    expect(asked.filter((url) => url !== '/v2/')).toEqual(['/v2/go/manifests/1']);
  });

  it('is compiled with the release that it says now', async () => {
    serve(['GOLANG_VERSION=1.20.0', 'APP_DIRECTORY=/made']);
    await expect(workspace.build('native')).rejects.toThrow(/Go 1\.20\.0|go1\.20/);
  });
});

function identity(text: string): { digest: string; size: number } {
  return {
    digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    size: Buffer.byteLength(text),
  };
}
