import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type Bytes,
  type Layout,
  type LayoutImage,
  layerEntries,
  type LayerEntry,
  type LayerFile,
  ORIGIN_ANNOTATION,
} from '@go-docker/oci-image';

/** A regular file of a layer that the Dockerfile added. */
export interface AppFile<Program> {
  /** As in a container: `/app`. */
  readonly path: string;
  readonly bytes: Bytes;
  /** Index of its layer in the image. */
  readonly layer: number;
  /** Whether it is an executable ELF file. */
  readonly isProgram: boolean;
  /** What was found out about a program. */
  readonly program?: Program;
  /** Whether a higher layer replaces or removes it. */
  readonly isHidden: boolean;
}

/**
 * Looks at every file of the layers that the Dockerfile added. Layers are read as streams; a program is copied to the disk while it is
 * inspected.
 *
 * @param inspect Told the path of a copy.
 * @returns Lowest layer first, in the order of its layer.
 * @throws OciImageError for a layer that is damaged; the signal's reason; what `inspect` throws.
 */
export async function appFiles<Program>(
  { directory }: Layout,
  image: LayoutImage,
  inspect: (program: string) => Promise<Program>,
  signal: AbortSignal,
): Promise<readonly AppFile<Program>[]> {
  const files: AppFile<Program>[] = [];
  const hidden = new Set<number>();
  const visible = new VisiblePaths();
  const temporary = await mkdtemp(join(tmpdir(), 'go-docker-programs-'));
  const copy = join(temporary, 'program');
  try {
    for (const [layer, descriptor] of image.layers.entries()) {
      if (descriptor.annotations?.[ORIGIN_ANNOTATION] !== 'app') continue;
      const own = new Map<string, number>();
      for await (const entry of layerEntries(directory, descriptor)) {
        signal.throwIfAborted();
        const path = `/${entry.path}`;
        for (const index of visible.takeHiddenBy(path, entry.kind)) hidden.add(index);
        if (entry.kind !== 'file' || isWhiteout(path)) continue;
        const isProgram = await copyProgram(entry, copy, signal);
        own.set(path, files.length);
        files.push({
          ...{ path, bytes: entry.size, layer, isHidden: false, isProgram },
          program: isProgram ? await inspect(copy) : undefined,
        });
      }
      visible.add(own);
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return files.map((file, index) => (hidden.has(index) ? { ...file, isHidden: true } : file));
}

const ELF = Buffer.from('\x7fELF', 'latin1');

/** @returns Whether it is an executable ELF file; then it is copied. */
async function copyProgram(
  { mode, content }: LayerFile,
  copy: string,
  signal: AbortSignal,
): Promise<boolean> {
  if ((mode & 0o111) === 0) return false;
  const start: Buffer[] = [];
  // A stream may be cut anywhere.
  for await (const chunk of content) {
    start.push(chunk);
    if (Buffer.concat(start).length >= ELF.length) break;
  }
  if (!Buffer.concat(start).subarray(0, ELF.length).equals(ELF)) return false;
  await pipeline(Readable.from(joined(start, content)), createWriteStream(copy), { signal });
  return true;
}

async function* joined(start: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* start;
  yield* rest;
}

const WHITEOUT = /^(.*\/)\.wh\.([^/]*)$/;

function isWhiteout(path: string): boolean {
  return WHITEOUT.test(path);
}

/**
 * The paths that a container sees of the layers so far. What a layer has, or removes, hides what lower ones had.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts
 */
class VisiblePaths {
  private readonly paths = new Map<string, number>();
  /** Folders that hold a visible path, so that most files are no reason to go through all of them. */
  private readonly folders = new Set<string>();

  add(paths: ReadonlyMap<string, number>): void {
    for (const [path, index] of paths) {
      this.paths.set(path, index);
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        this.folders.add(path.slice(0, end));
      }
    }
  }

  /** @returns What is no longer seen once a higher layer has `path`; of the files in a folder, those stay that the layer's own folder shows. */
  takeHiddenBy(path: string, kind: LayerEntry['kind']): readonly number[] {
    const [, folder = '', name] = WHITEOUT.exec(path) ?? [];
    if (name === '.wh..opq') return this.takeBelow(folder);
    const hidden = name === undefined ? path : `${folder}${name}`;
    const own = this.paths.get(hidden);
    this.paths.delete(hidden);
    const below = kind !== 'folder' && this.folders.has(hidden) ? this.takeBelow(`${hidden}/`) : [];
    return own === undefined ? below : [own, ...below];
  }

  private takeBelow(folder: string): readonly number[] {
    const below = [...this.paths].filter(([path]) => path.startsWith(folder));
    for (const [path] of below) this.paths.delete(path);
    return below.map(([, index]) => index);
  }
}
