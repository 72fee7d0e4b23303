import { ENCODER } from '../blobs/compression';
import type { Digest } from '../blobs/digest';
import { KeptFiles } from '../blobs/kept-files';
import type { Measure } from '../blobs/meter';
import type { ImageLayer } from '../image';
import { CANONICAL_FORM } from '../tar/canonical-tar';
import type { StagedLayout } from './staged-layout';

/** A layer as it was written. */
export interface LayerMeasures {
  readonly tar: Measure;
  readonly blob: Measure;
}

/**
 * Compressed layers that were written before, by what they were made from. What a layer becomes is decided by its diffID, the canonical
 * form and the encoder, so that a kept one is the very blob that would be written again.
 */
export class KeptLayers {
  private readonly files: KeptFiles;

  constructor(directory: string) {
    this.files = new KeptFiles(directory);
  }

  /** Puts the blob of a layer into the layout. @returns undefined where it was not kept. */
  async restore(
    layout: StagedLayout,
    diffId: Digest,
    origin: ImageLayer['origin'],
  ): Promise<LayerMeasures | undefined> {
    const blob = await layout.addWritten((file) => this.files.restore(keyOf(diffId, origin), file));
    const [, hex, bytes] = /^([0-9a-f]{64})-(\d+)$/.exec(blob?.note ?? '') ?? [];
    if (!blob || hex === undefined) return undefined;
    return { tar: { digest: `sha256:${hex}`, bytes: Number(bytes) }, blob };
  }

  /** @param written The layer, which is in the layout. */
  async keep(
    layout: StagedLayout,
    diffId: Digest,
    origin: ImageLayer['origin'],
    { tar, blob }: LayerMeasures,
  ): Promise<void> {
    const note = `${tar.digest.slice('sha256:'.length)}-${tar.bytes}`;
    await this.files.keep(keyOf(diffId, origin), layout.pathOf(blob.digest), { digest: blob.digest, note });
  }
}

function keyOf(diffId: Digest, origin: ImageLayer['origin']): string {
  return [ENCODER, origin === 'app' ? CANONICAL_FORM : 'as it is', diffId].join('\n');
}
