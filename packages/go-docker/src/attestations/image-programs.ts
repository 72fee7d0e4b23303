import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type BuildInfo, GoBinaryError, readBuildInfo } from '@go-docker/go-binary';
import {
  type Layout,
  type LayoutImage,
  type LayerFile,
  layerFiles,
  ORIGIN_ANNOTATION,
} from '@go-docker/oci-image';

/** A Go program in an image, and what its linker has written into it. */
export interface ImageProgram {
  /** As in a container: `/app`. */
  readonly path: string;
  readonly buildInfo: BuildInfo;
}

/**
 * Looks for Go programs in the layers that the Dockerfile added.
 *
 * @returns In the order of their paths. A program that a packer has changed says nothing of Go, and is not among them.
 * @throws OciImageError for a layer that is damaged; the signal's reason.
 */
export async function imagePrograms(
  { directory }: Layout,
  image: LayoutImage,
  signal: AbortSignal,
): Promise<readonly ImageProgram[]> {
  const programs = new Map<string, BuildInfo>();
  const temporary = await mkdtemp(join(tmpdir(), 'go-docker-programs-'));
  try {
    for (const layer of image.layers) {
      if (layer.annotations?.[ORIGIN_ANNOTATION] !== 'app') continue;
      const own = new Map<string, BuildInfo>();
      for await (const file of layerFiles(directory, layer)) {
        signal.throwIfAborted();
        forget(programs, file.path);
        const buildInfo = isProgram(file) && (await buildInfoOf(file, join(temporary, 'program'), signal));
        if (buildInfo) own.set(`/${file.path}`, buildInfo);
      }
      for (const [path, buildInfo] of own) programs.set(path, buildInfo);
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return [...programs]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, buildInfo]) => ({ path, buildInfo }));
}

/** What a layer has, or removes, hides what lower ones had. https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts */
function forget(programs: Map<string, BuildInfo>, path: string): void {
  const [, folder = '', name = ''] = /^(.*\/)?\.wh\.(.*)$/.exec(path) ?? [];
  const hidden = name === '.wh..opq' ? `/${folder}` : `/${name === '' ? path : `${folder}${name}`}`;
  for (const other of programs.keys()) {
    if (other === hidden || other.startsWith(hidden.endsWith('/') ? hidden : `${hidden}/`))
      programs.delete(other);
  }
}

/** Smaller than any program of Go's. */
const MIN_BYTES = 64 << 10;

function isProgram({ mode, size }: LayerFile): boolean {
  return (mode & 0o111) !== 0 && size >= MIN_BYTES;
}

const ELF = Buffer.from('\x7fELF', 'latin1');

async function buildInfoOf(
  file: LayerFile,
  path: string,
  signal: AbortSignal,
): Promise<BuildInfo | undefined> {
  const start: Buffer[] = [];
  // A stream may be cut anywhere.
  for await (const chunk of file.content) {
    start.push(chunk);
    if (Buffer.concat(start).length >= ELF.length) break;
  }
  if (!Buffer.concat(start).subarray(0, ELF.length).equals(ELF)) return undefined;
  await pipeline(Readable.from(joined(start, file.content)), createWriteStream(path), { signal });
  try {
    return await readBuildInfo(path);
  } catch (error) {
    // A program of another language, or a packed one.
    if (error instanceof GoBinaryError) return undefined;
    throw error;
  }
}

async function* joined(start: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* start;
  yield* rest;
}
