import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { extract, pack, type Header } from 'tar-stream';

/** Archives as builders write them, put together by tar-stream, which is none of the code under test. */

/** @returns A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'oci-image-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type TestEntry = Partial<Header> & { name: string; content?: string | Buffer };

/** @returns The entries as a tar; those that say no time have that of 2023-11-14T22:13:20Z. */
export async function tarOf(entries: readonly TestEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of entries) {
    const whole = { mtime: new Date(1_700_000_000_000), ...header };
    if (content !== undefined || !header.type || header.type === 'file') archive.entry(whole, content ?? '');
    else archive.entry(whole);
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export async function entriesOf(tar: Buffer): Promise<(Header & { content: string })[]> {
  const archive = extract({ filenameEncoding: 'latin1' } as never);
  archive.end(tar);
  const entries: (Header & { content: string })[] = [];
  for await (const entry of archive) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    entries.push({ ...entry.header, content: Buffer.concat(chunks).toString() });
  }
  return entries;
}

export const BASE_TIME = '2024-05-06T07:08:09Z';
/** 499162500 seconds after 1970. */
export const BUILD_TIME = '1985-10-26T08:15:00Z';

export interface TestLayer {
  tar: Buffer;
  created?: string;
  /** `gzip` where it is not said. */
  blob?: Buffer;
}

export interface TestImage {
  layers: readonly TestLayer[];
  architecture?: string;
  variant?: string;
  config?: Record<string, unknown>;
  other?: Record<string, unknown>;
}

/** The files of an archive by their names. */
export type Files = Map<string, Buffer>;

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function configOf({ layers, architecture = 'amd64', variant, config, other }: TestImage) {
  return {
    ...{ architecture, variant, os: 'linux', created: BUILD_TIME, config: config ?? { Env: ['A=b'] } },
    rootfs: { type: 'layers', diff_ids: layers.map(({ tar }) => `sha256:${sha256(tar)}`) },
    history: [
      ...layers.map(({ created }, at) => ({ created: created ?? BUILD_TIME, created_by: `COPY ${at}` })),
      { created: BUILD_TIME, created_by: 'ENTRYPOINT ["/app"]', empty_layer: true },
    ],
    ...other,
  };
}

export interface TestDescriptor {
  mediaType: string;
  digest: string;
  size: number;
  platform?: Record<string, string>;
  annotations?: Record<string, string>;
}

export function addBlob(files: Files, mediaType: string, content: unknown): TestDescriptor {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  files.set(`blobs/sha256/${sha256(bytes)}`, bytes);
  return { mediaType, digest: `sha256:${sha256(bytes)}`, size: bytes.length };
}

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const INDEX = 'application/vnd.oci.image.index.v1+json';
export const LAYER = 'application/vnd.oci.image.layer.v1.tar';

export function addManifest(files: Files, image: TestImage): TestDescriptor {
  const layers = image.layers.map(({ tar, blob = gzipSync(tar) }) => addBlob(files, `${LAYER}+gzip`, blob));
  const config = addBlob(files, 'application/vnd.oci.image.config.v1+json', configOf(image));
  return addBlob(files, MANIFEST, { schemaVersion: 2, mediaType: MANIFEST, config, layers });
}

export function addIndex(files: Files, manifests: readonly TestDescriptor[]): void {
  files.set('index.json', Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests })));
}

export function ociFiles(...images: TestImage[]): Files {
  const files: Files = new Map([['oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}')]]);
  addIndex(
    files,
    images.map((image) => addManifest(files, image)),
  );
  return files;
}

/** What `docker save` wrote before Docker 25: plain layers under names of Docker's own, no digests of blobs. */
export function dockerFiles(image: TestImage): Files {
  const files: Files = new Map(image.layers.map(({ tar }, at) => [`layer${at}/layer.tar`, tar]));
  const config = Buffer.from(JSON.stringify(configOf(image)));
  const name = `${sha256(config)}.json`;
  files.set(name, config);
  const manifest = [
    { Config: name, RepoTags: ['api:1'], Layers: image.layers.map((_, at) => `layer${at}/layer.tar`) },
  ];
  return files.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
}

export async function writeFiles(path: string, files: Files): Promise<string> {
  writeFileSync(path, await tarOf([...files].map(([name, content]) => ({ name, content }))));
  return path;
}

/** @returns Everything in a folder, by name. */
export function everything(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    names.map(({ parentPath, name }) => [
      join(parentPath, name).slice(directory.length + 1),
      readFileSync(join(parentPath, name), 'base64'),
    ]),
  );
}
