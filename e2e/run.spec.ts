import { X509Certificate } from 'node:crypto';
import {
  containerdStore,
  dockerSucceeds,
  loadLayout,
  removeDockerThings,
  requireDocker,
} from './docker/docker';
import { runContainer, startContainer } from './docker/docker';
import { startTlsServer, type TlsServer } from './docker/tls-server';
import { fileOf, readSingleImage, type LayoutImage } from './images/layout';
import { mustSucceed, setUp } from './workspace/set-up';
import { createWorkspace, removeWorkspaces } from './workspace/workspace';

jest.setTimeout(10 * 60_000);

const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
/** ISRG Root X1, as https://letsencrypt.org/certificates/ gives its SHA-256 fingerprint. */
const ISRG_ROOT_X1 =
  '96:BC:EC:06:26:49:76:F3:74:60:77:9A:CF:28:C5:A7:CF:E8:A3:C0:AA:E1:1A:8F:FC:EE:05:C0:BD:DF:08:C6';

describe.each(['distroless', 'scratch', 'alpine', 'debian'])('an image with --runner=%s', (runner) => {
  let image: LayoutImage;
  let name: string;
  let server: TlsServer;
  let files: string;

  const run = (args: readonly string[], flags: readonly string[] = [], input = '') =>
    runContainer(containerdStore, name, args, { flags, input });

  beforeAll(async () => {
    await requireDocker(containerdStore);
    server = await startTlsServer();
    const workspace = await createWorkspace({ copyOf: 'e2e/fixtures/probe' });
    await setUp(workspace, [`--runner=${runner}`]);
    await mustSucceed(workspace, ['run', 'probe:image']);
    image = readSingleImage(workspace.path('dist/images/probe'));
    name = await loadLayout(containerdStore, workspace.path('dist/images/probe'));
    workspace.write('tls/authority.pem', server.authority);
    workspace.write('tls/bundle.pem', `${(await fileOf(image, BUNDLE)).toString()}\n${server.authority}`);
    files = workspace.path('tls');
  });
  afterAll(async () => {
    await server.stop();
    await removeDockerThings();
    removeWorkspaces();
  });

  it('runs as a user without rights, knows the time zones and can write to /tmp', async () => {
    const finished = await run(['facts']);

    expect(JSON.parse(finished.stdout)).toEqual({
      uid: 65532,
      gid: 65532,
      noon: '14:00 CEST',
      tempFile: expect.stringMatching(/^\/tmp\/probe\d+$/),
    });
    // Kubernetes' runAsNonRoot takes a number only.
    expect(image.config.config.User).toMatch(/^65532(:65532)?$/);
  });

  it('runs on a read-only root file system', async () => {
    const finished = await run(['facts'], ['--read-only', '--tmpfs=/tmp']);

    expect(finished.exitCode).toBe(0);
  });

  it('is process 1 and ends by itself at `docker stop`', async () => {
    const container = startContainer(containerdStore, name, ['serve']);
    await container.program.printed(/serving as process 1\n/);

    const began = performance.now();
    await dockerSucceeds(containerdStore, ['stop', '--time=20', container.name]);
    const seconds = (performance.now() - began) / 1000;

    const finished = await container.program.finished;
    expect(finished.stdout).toContain('ended by terminated');
    expect(finished.exitCode).toBe(0);
    expect(seconds).toBeLessThan(2);
  });

  it('trusts the public authorities, by its own bundle of certificates', async () => {
    const bundle = (await fileOf(image, BUNDLE)).toString();
    const certificates = bundle.match(/-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g) ?? [];
    const isrg = certificates.find((pem) => new X509Certificate(pem).fingerprint256 === ISRG_ROOT_X1);
    expect(certificates.length).toBeGreaterThan(100);

    const trusted = await run(['trust'], ['--interactive'], isrg);
    expect(trusted.output).toBe('trusted: ISRG Root X1\n');
  });

  it('trusts no other, and so refuses the test server', async () => {
    const stranger = await run(['trust'], ['--interactive'], server.authority);
    expect(stranger.output).toMatch(/certificate signed by unknown authority/);

    const refused = await run(['get', server.url]);
    expect(refused.stderr).toMatch(/certificate signed by unknown authority/);
    expect(refused.exitCode).toBe(1);
  });

  it.each([
    { how: "added to the image's own bundle", flags: () => [`--volume=${files}/bundle.pem:${BUNDLE}:ro`] },
    {
      how: 'named by SSL_CERT_FILE',
      flags: () => [
        `--volume=${files}/authority.pem:/authority.pem:ro`,
        '--env=SSL_CERT_FILE=/authority.pem',
      ],
    },
  ])('fetches from the test server over HTTPS once its authority is $how', async ({ flags }) => {
    const fetched = await run(['get', server.url], flags());

    expect(fetched.output).toBe('hello over TLS');
    expect(fetched.exitCode).toBe(0);
  });
});
