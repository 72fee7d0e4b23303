import { createHash } from 'node:crypto';
import { utimesSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { KeptFiles, type Digest, type KeptFile } from '@go-docker/oci-image';
import { cacheFolder } from '../../cache-folder';

/**
 * The program that a `go build` has linked before. Put where this one is to leave its own, it spares the linking where it is the same: the ID
 * that Go writes into every program tells whether it was linked from the very packages and with the very flags that are asked for now.
 * (https://github.com/golang/go/blob/go1.26.0/src/cmd/go/internal/work/buildid.go)
 */
export class KeptProgram {
  private readonly files = new KeptFiles(cacheFolder('programs'));
  private restored: KeptFile | undefined;

  /** @param key What tells this `go build` from others, so that each finds its own program; it need not decide what is in it. */
  constructor(private readonly key: readonly string[]) {}

  /** Puts the program where Go looks for it. */
  async restore(target: string): Promise<void> {
    this.restored = await this.files.restore(this.name(), target);
    // So that it can be told from one that Go has made, or found to be the same: both have the time of the build.
    if (this.restored) utimesSync(target, LONG_AGO, LONG_AGO);
  }

  /** Keeps what Go has left there, for the next build. */
  async keep(program: string): Promise<void> {
    const digest = await digestOf(program);
    if (digest !== this.restored?.digest) await this.files.keep(this.name(), program, { digest });
  }

  private name(): string {
    return JSON.stringify(this.key);
  }
}

const LONG_AGO = 0;

async function digestOf(file: string): Promise<Digest> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return `sha256:${hash.digest('hex')}`;
}
