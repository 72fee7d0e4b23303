import type { Layout, TransferProgress } from '@go-docker/oci-image';

/** Where progress is told. */
export interface ProgressOutput {
  /** Whether it is a terminal that one line is drawn on anew; else each line stays. */
  readonly isDrawn: boolean;
  write(text: string): void;
  /** Milliseconds, from anywhere. */
  now(): number;
}

export interface PushProgress {
  readonly onProgress: (progress: TransferProgress) => void;
  /** Takes the drawn line away. */
  end(): void;
}

/** Often enough to be seen to move. */
const REDRAWN_MS = 100;
/** As lines stay, a large layer says only now and then how far it is. */
const REPEATED_MS = 10_000;
const ERASE_LINE = '\r\x1b[K';

/**
 * Tells how far the push of a layout is: on a terminal the bytes and blobs that the registry has of all, elsewhere a line for each blob that takes
 * more than a moment. What the registry had already is told on a terminal alone.
 */
export function pushProgress(layout: Layout, output: ProgressOutput): PushProgress {
  return output.isDrawn ? drawn(layout, output) : inLines(output);
}

function drawn({ images }: Layout, { write, now }: ProgressOutput): PushProgress {
  const sizes = new Map<string, number>(
    images.flatMap(({ configDescriptor, layers }) =>
      [configDescriptor, ...layers].map(({ digest, size }) => [digest, size] as const),
    ),
  );
  const total = sum(sizes.values());
  const there = new Map<string, number>();
  let last = -Infinity;
  return {
    onProgress({ digest, bytes }) {
      there.set(digest, bytes);
      if (now() - last < REDRAWN_MS) return;
      last = now();
      const whole = [...there].filter(([each, have]) => have >= (sizes.get(each) ?? 0)).length;
      const size = `${megabytes(sum(there.values()))} of ${megabytes(total)} MB`;
      write(`${ERASE_LINE}Pushing ${size}, ${whole} of ${sizes.size} blobs`);
    },
    end: () => write(ERASE_LINE),
  };
}

function inLines({ write, now }: ProgressOutput): PushProgress {
  const told = new Map<string, number>();
  return {
    onProgress({ digest, bytes, size }) {
      const name = digest.slice('sha256:'.length, 'sha256:'.length + 12);
      const last = told.get(digest);
      if (bytes >= size) {
        if (last !== undefined) write(`Sent ${name}\n`);
        told.delete(digest);
      } else if (last === undefined) {
        told.set(digest, now());
        write(`Sending ${name}: ${megabytes(size)} MB\n`);
      } else if (now() - last >= REPEATED_MS) {
        told.set(digest, now());
        write(`Sending ${name}: ${megabytes(bytes)} of ${megabytes(size)} MB\n`);
      }
    },
    end: () => undefined,
  };
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((all, value) => all + value, 0);
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
