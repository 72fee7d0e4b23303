import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { sha256, temporaryFolder } from '../../../spec/archives';
import { type BaseImage, baseImage, contentOf, filesIn, SETTINGS } from '../../../spec/base-image';
import { loopbackServer, reply } from '../../../spec/loopback-server';
import { memoryRegistry } from '../../../spec/memory-registry';
import { pullImages, type PullOptions } from './pull-images';

const folder = temporaryFolder();
const freshCache = () => mkdtempSync(join(folder, 'cache-'));
let base: BaseImage;

beforeAll(async () => {
  base = await baseImage();
});

describe('a registry that sends something else than it should', () => {
  const big = () => base.layers('amd64')[0] ?? '';
  const isBig = (url: string) => url.endsWith(`/blobs/sha256:${big()}`);

  async function badRegistry(answer: (response: ServerResponse, times: number, range?: string) => boolean) {
    const registry = await memoryRegistry(base.files);
    let times = 0;
    registry.misbehave(
      ({ url, headers }, response) => isBig(url) && answer(response, ++times, headers.range),
    );
    return registry;
  }

  function pull(address: string, options: Partial<PullOptions> = {}) {
    return pullImages(`${address}/base:1`, ['linux/amd64'], { ...SETTINGS, cache: freshCache(), ...options });
  }

  const blob = () => base.blob(big());

  function cut(response: ServerResponse, bytes: number): boolean {
    response.writeHead(200, { 'content-length': String(blob().length) });
    response.write(blob().subarray(0, bytes), () => setTimeout(() => response.destroy(), 50));
    return true;
  }

  it('cuts a blob short: only the rest is fetched', async () => {
    const ranges: (string | undefined)[] = [];
    const registry = await badRegistry((response, times, range) => {
      ranges.push(range);
      return times === 1 && cut(response, 1_000_000);
    });
    const [image] = await pull(registry.address);
    expect(await contentOf(image)).toEqual(base.layers('amd64'));
    expect(ranges).toEqual([undefined, 'bytes=1000000-']);
  });

  it('cuts a blob short and knows no ranges: it is fetched again', async () => {
    const registry = await badRegistry((response, times) => {
      return times === 1 ? cut(response, 1_000_000) : reply(response, 200, blob());
    });
    expect(await contentOf((await pull(registry.address))[0])).toEqual(base.layers('amd64'));
  });

  it('cuts a blob short every time: what is there is kept for the next pull, and is no blob yet', async () => {
    const cache = freshCache();
    const registry = await badRegistry((response) => cut(response, 1000));
    await expect(pull(registry.address, { cache })).rejects.toThrow(
      new RegExp(`^${registry.address}/base: .*(ECONNRESET|aborted|ends after 1000 of)`),
    );
    expect(filesIn(cache)).toContain(`partial/${big()}.resume`);
    expect(filesIn(cache)).not.toContain(`blobs/sha256/${big()}`);

    const ranges: (string | undefined)[] = [];
    const well = await badRegistry((_, __, range) => {
      ranges.push(range);
      return false;
    });
    expect(await contentOf((await pull(well.address, { cache }))[0])).toEqual(base.layers('amd64'));
    expect(ranges).toEqual(['bytes=1000-']);
    expect(readdirSync(join(cache, 'partial'))).toEqual([]);
  });

  it('had sent something else before it was cut: the blob is fetched anew', async () => {
    const cache = freshCache();
    const registry = await memoryRegistry(base.files);
    await pull(registry.address, { cache });
    rmSync(join(cache, 'blobs', 'sha256', big()));
    writeFileSync(join(cache, 'partial', `${big()}.resume`), randomBytes(500));
    expect(await contentOf((await pull(registry.address, { cache }))[0])).toEqual(base.layers('amd64'));
  });

  it.each([
    ['other bytes', () => randomBytes(blob().length), 'is something else'],
    ['more bytes', () => Buffer.concat([blob(), Buffer.alloc(1)]), 'has more than its'],
    ['fewer bytes', () => blob().subarray(1), 'ends after'],
  ])('sends %s: nothing of it is kept', async (_, body, what) => {
    const cache = freshCache();
    const registry = await badRegistry((response) => reply(response, 200, body()));
    await expect(pull(registry.address, { cache })).rejects.toThrow(what);
    expect(filesIn(cache)).not.toContain(`blobs/sha256/${big()}`);
  });

  it('sends another manifest than it says', async () => {
    const registry = await memoryRegistry(base.files);
    registry.misbehave(({ url }, response) => {
      if (!url.includes('/manifests/')) return false;
      return reply(response, 200, '{}', { 'docker-content-digest': base.digest });
    });
    const what = `what ${registry.address} sends for ${base.digest} is something else: it has sha256:${sha256('{}')}`;
    await expect(pull(registry.address)).rejects.toThrow(what);
    const cache = freshCache();
    await expect(
      pullImages(`${registry.address}/base@${base.digest}`, ['linux/amd64'], { ...SETTINGS, cache }),
    ).rejects.toThrow(what);
    expect(filesIn(cache)).toEqual([]);
  });

  it('hangs in the middle of a blob: the rest is asked for, and in the end it is given up', async () => {
    let times = 0;
    const registry = await badRegistry((response) => {
      times++;
      response.writeHead(200, { 'content-length': String(blob().length) }).write(blob().subarray(0, 1000));
      return true;
    });
    const options = { timeouts: { silenceMs: 100 }, retries: { attempts: 3, delayMs: 1 } };
    await expect(pull(registry.address, options)).rejects.toThrow(
      `${registry.address} is silent: nothing came for 0.1 s`,
    );
    expect(times).toBe(3);
  });

  it('is left at once when the signal says so', async () => {
    const stop = new AbortController();
    const reason = new Error('interrupted by SIGINT');
    const cache = freshCache();
    const registry = await badRegistry((response) => {
      response.writeHead(200).write(blob().subarray(0, 1000));
      setTimeout(() => stop.abort(reason), 50);
      return true;
    });
    await expect(pull(registry.address, { cache, signal: stop.signal })).rejects.toBe(reason);
    expect(filesIn(cache)).not.toContain(`blobs/sha256/${big()}`);
  });

  it('sends readers elsewhere: no credential goes along, and the bytes still count', async () => {
    const storage = await loopbackServer(({ url }, response) =>
      reply(response, 200, url === '/wrong' ? randomBytes(blob().length) : blob()),
    );
    const registry = await memoryRegistry(base.files);
    let place = 'right';
    registry.misbehave(({ url, headers }, response) => {
      if (headers.authorization === undefined) {
        return reply(response, 401, '', { 'www-authenticate': 'Basic realm="x"' });
      }
      return isBig(url) && reply(response, 307, '', { location: `http://${storage.address}/${place}` });
    });
    const credentials = () => Promise.resolve({ kind: 'password', username: 'a', password: 'b' } as const);
    expect(await contentOf((await pull(registry.address, { credentials }))[0])).toEqual(base.layers('amd64'));
    place = 'wrong';
    await expect(pull(registry.address, { credentials })).rejects.toThrow('is something else');
    expect(storage.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });
});
