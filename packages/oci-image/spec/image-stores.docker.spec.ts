import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  BUILD_EPOCH,
  openArchive,
  packImage,
  readLayout,
  verifyLayout,
  writeLayout,
  type LayoutOptions,
  type PlatformImage,
} from '../src';
import {
  entriesOf,
  everything,
  ociFiles,
  tarOf,
  temporaryFolder,
  writeFiles,
  type TestEntry,
} from './archives';

/**
 * The same Dockerfile through two real engines: one with containerd's image store on the default socket, one with the
 * classic store where GO_DOCKER_CLASSIC_HOST says. `npm test` starts both.
 */
const DOCKERFILE = `FROM oci-spec-base:1 AS builder
COPY app /out/app

FROM oci-spec-base:1 AS runner
COPY --from=builder /out /
COPY --chown=65532:65532 --chmod=640 assets /srv/shop/assets
ADD everything.tar /
ENV TZ=Europe/Vienna
USER 65532
EXPOSE 8080
ENTRYPOINT ["/app"]
`;

/** One of each thing that a layer can hold and `ADD` unpacks. */
const EVERYTHING: readonly TestEntry[] = [
  { name: 'x', type: 'directory', mode: 0o1777 },
  { name: 'x/file', content: 'hello', mode: 0o4755 },
  // Unpacking a hard link sets the mode of what it links to.
  { name: 'x/hard', type: 'link', linkname: 'x/file', mode: 0o4755 },
  { name: 'x/soft', type: 'symlink', linkname: '../etc/passwd' },
  { name: 'x/longlink', type: 'symlink', linkname: 'y/'.repeat(80) },
  { name: 'x/null', type: 'character-device', devmajor: 1, devminor: 3 },
  { name: 'x/pipe', type: 'fifo' },
  { name: `x/${'n'.repeat(150)}`, content: 'long' },
  { name: 'x/größe', content: 'umlaut' },
  { name: 'x/owner', content: 'uid', pax: { uid: '3000000', gid: '4000000' } },
  {
    name: 'x/capable',
    content: 'cap',
    pax: { 'SCHILY.xattr.security.capability': '\x01\0\0\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0' },
  },
];

const folder = temporaryFolder();
const context = join(folder, 'context');
const ENGINES = ['containerd', 'classic'] as const;
type Engine = (typeof ENGINES)[number];

function docker(engine: Engine, args: readonly string[], input?: Buffer): Buffer {
  const host = process.env.GO_DOCKER_CLASSIC_HOST;
  if (engine === 'classic' && !host) {
    throw new Error(
      'GO_DOCKER_CLASSIC_HOST is not set.\n→ Run the tests with `npm test`, which starts that engine.',
    );
  }
  const env = {
    ...process.env,
    ...(engine === 'classic' ? { DOCKER_HOST: host } : {}),
    SOURCE_DATE_EPOCH: String(BUILD_EPOCH),
  };
  return execFileSync('docker', args, { env, input, maxBuffer: 2 ** 28, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** @returns The archive that the engine's own way of getting an image out gives. */
function build(engine: Engine, directory: string, out: 'export' | 'save'): string {
  const archive = join(folder, `${engine}-${out}.tar`);
  const args = ['buildx', 'build', '--no-cache', '--provenance=false', '--target', 'runner'];
  if (out === 'export') docker(engine, [...args, '--output', `type=oci,dest=${archive}`, directory]);
  else {
    docker(engine, [...args, '--load', '--tag', 'oci-spec-app:1', directory]);
    docker(engine, ['save', '--output', archive, 'oci-spec-app:1']);
  }
  return archive;
}

let layouts = 0;
async function normalize(archive: string, options: Partial<LayoutOptions> = {}) {
  const directory = join(folder, `layout${layouts++}`);
  const written = { buildEpoch: BUILD_EPOCH, baseLayers: 'recompressed', ...options } as const;
  const summary = await writeLayout(directory, [await openArchive(archive)], written);
  return { directory, image: summary[0] as PlatformImage };
}

beforeAll(async () => {
  const base = await tarOf([
    { name: 'etc', type: 'directory' },
    { name: 'etc/passwd', content: 'root:x:0:0::/:/sbin/nologin\n' },
  ]);
  docker('containerd', ['import', '--change', 'ENV PATH=/bin', '-', 'oci-spec-base:1'], base);
  docker('classic', ['load'], docker('containerd', ['save', 'oci-spec-base:1']));
  mkdirSync(join(context, 'assets/deep'), { recursive: true });
  writeFileSync(join(context, 'Dockerfile'), DOCKERFILE);
  writeFileSync(join(context, 'app'), 'no program', { mode: 0o755 });
  writeFileSync(join(context, 'assets/deep/index.html'), '<p>shop</p>');
  writeFileSync(join(context, 'everything.tar'), await tarOf(EVERYTHING));
}, 60_000);

afterAll(() => {
  for (const engine of ENGINES) docker(engine, ['rmi', '--force', 'oci-spec-app:1', 'oci-spec-base:1']);
});

describe('one Dockerfile on two image stores', () => {
  it('gives one layout, whichever store it went through, when and in which folder it was built', async () => {
    const { directory, image } = await normalize(build('containerd', context, 'export'));
    const elsewhere = join(folder, 'elsewhere');
    cpSync(context, elsewhere, { recursive: true });
    for (const name of ['app', 'assets', 'assets/deep', 'assets/deep/index.html']) {
      utimesSync(join(elsewhere, name), 1_500_000_000, 1_500_000_000);
    }
    for (const [engine, out] of [
      ['containerd', 'export'],
      ['containerd', 'save'],
      ['classic', 'save'],
    ] as const) {
      const other = await normalize(build(engine, elsewhere, out));
      expect(other.image).toEqual(image);
      expect(everything(other.directory)).toEqual(everything(directory));
    }
    expect(image.layers.map(({ origin }) => origin)).toEqual(['base', 'app', 'app', 'app']);
    expect(await verifyLayout(directory)).toEqual([image]);
  }, 180_000);

  it('agrees on config and app layers where the base keeps its blob', async () => {
    const [one, two] = await Promise.all(
      ENGINES.map(async (engine) => {
        const archive = build(engine, context, engine === 'classic' ? 'save' : 'export');
        const { directory, image } = await normalize(archive, { baseLayers: 'kept' });
        return { config: (await readLayout(directory)).images[0]?.configDescriptor, layers: image.layers };
      }),
    );
    expect(two?.config).toEqual(one?.config);
    expect(two?.layers.slice(1)).toEqual(one?.layers.slice(1));
    expect(two?.layers[0]?.diffId).toBe(one?.layers[0]?.diffId);
  }, 120_000);

  it('keeps everything that the Dockerfile put into the image', async () => {
    const { directory, image } = await normalize(build('classic', context, 'save'));
    const added = image.layers.at(-1);
    const blob = readFileSync(join(directory, 'blobs/sha256', added?.digest.slice(7) ?? ''));
    const entries = new Map((await entriesOf(gunzipSync(blob))).map((entry) => [entry.name, entry]));
    expect(entries.get('x/')).toMatchObject({ type: 'directory', mode: 0o1777 });
    expect(entries.get('x/file')).toMatchObject({ content: 'hello', mode: 0o4755 });
    expect(entries.get('x/hard')).toMatchObject({ type: 'link', linkname: 'x/file' });
    expect(entries.get('x/soft')).toMatchObject({ type: 'symlink', linkname: '../etc/passwd' });
    expect(entries.get('x/longlink')).toMatchObject({ type: 'symlink', linkname: 'y/'.repeat(80) });
    expect(entries.get('x/null')).toMatchObject({ type: 'character-device', devmajor: 1, devminor: 3 });
    expect(entries.get('x/pipe')).toMatchObject({ type: 'fifo' });
    expect(entries.get(`x/${'n'.repeat(150)}`)).toMatchObject({ content: 'long' });
    expect(entries.get('x/größe')).toMatchObject({ content: 'umlaut' });
    expect(entries.get('x/owner')?.pax).toEqual({ uid: '3000000', gid: '4000000' });
    expect(entries.get('x/capable')?.pax).toEqual(EVERYTHING.at(-1)?.pax);
  }, 120_000);

  it.each(ENGINES)(
    'gives what docker load takes, on the %s store',
    async (engine) => {
      const { directory, image } = await normalize(build('containerd', context, 'export'), {
        reference: 'oci-spec-app:1',
      });
      docker(
        engine,
        ['load'],
        execFileSync('tar', ['--create', '--directory', directory, '.'], { maxBuffer: 2 ** 28 }),
      );
      const format = '{{json .RootFS.Layers}} {{json .Config.Entrypoint}} {{.Config.User}} {{.Architecture}}';
      const inspected = docker(engine, ['image', 'inspect', 'oci-spec-app:1', '--format', format])
        .toString()
        .trim();
      const diffIds = JSON.stringify(image.layers.map(({ diffId }) => diffId));
      expect(inspected).toBe(`${diffIds} ["/app"] 65532 amd64`);
      const container = docker(engine, ['create', 'oci-spec-app:1']).toString().trim();
      try {
        const [file] = await entriesOf(
          docker(engine, ['cp', `${container}:/srv/shop/assets/deep/index.html`, '-']),
        );
        expect(file).toMatchObject({ content: '<p>shop</p>', uid: 65532, gid: 65532, mode: 0o640 });
      } finally {
        docker(engine, ['rm', container]);
      }
    },
    120_000,
  );

  it('packs one image so that docker load takes it', async () => {
    const { directory } = await normalize(build('containerd', context, 'export'));
    const layout = await readLayout(directory);
    const chunks: Buffer[] = [];
    for (const image of layout.images)
      for await (const chunk of packImage(layout, image)) chunks.push(chunk as Buffer);
    for (const engine of ENGINES) {
      expect(docker(engine, ['load'], Buffer.concat(chunks)).toString()).toContain('Loaded image');
    }
  }, 120_000);
});

describe('a disk that is full', () => {
  const disk = join(folder, 'disk');

  beforeAll(() => {
    mkdirSync(disk);
    // Needs root, as the engines do where `npm test` starts them.
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'pipe' });
  });
  afterAll(() => execFileSync('umount', [disk]));

  it('says so, leaves nothing behind and what is there already whole', async () => {
    const app = { tar: await tarOf([{ name: 'app', content: randomBytes(2 ** 20) }]) };
    const small = { tar: await tarOf([{ name: 'app', content: 'small' }]) };
    const first = await openArchive(
      await writeFiles(join(folder, 'small.tar'), ociFiles({ layers: [small] })),
    );
    await writeLayout(join(disk, 'before'), [first], { buildEpoch: BUILD_EPOCH });
    const before = everything(disk);
    const archive = await openArchive(
      await writeFiles(join(folder, 'large.tar'), ociFiles({ layers: [app] })),
    );
    await expect(writeLayout(join(disk, 'oci'), [archive], { buildEpoch: BUILD_EPOCH })).rejects.toThrow(
      `${join(disk, 'oci')}: the image layout cannot be written: the disk is full\n→ free some space there`,
    );
    expect(everything(disk)).toEqual(before);
    expect(existsSync(join(disk, 'oci'))).toBe(false);
    rmSync(join(disk, 'before'), { recursive: true });
    expect(readdirSync(disk)).toEqual([]);
  });
});
