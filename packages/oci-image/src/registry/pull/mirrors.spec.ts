import { mkdtempSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { temporaryFolder } from '../../../spec/archives';
import { type BaseImage, baseImage, contentOf, SETTINGS } from '../../../spec/base-image';
import { reply } from '../../../spec/loopback-server';
import { memoryRegistry } from '../../../spec/memory-registry';
import { pullImages } from './pull-images';

const folder = temporaryFolder();
const freshCache = () => mkdtempSync(join(folder, 'cache-'));
let base: BaseImage;

beforeAll(async () => {
  base = await baseImage();
});

describe('mirrors', () => {
  it('are asked first, with credentials of their own', async () => {
    const origin = await memoryRegistry(base.files);
    const mirror = await memoryRegistry(base.files);
    const asked: string[] = [];
    const credentials = (registry: string) => {
      asked.push(registry);
      return Promise.resolve(undefined);
    };
    const mirrors = { [origin.address]: [`http://${mirror.address}/hub`] };
    await pullImages(`${origin.address}/base:1`, ['linux/amd64'], {
      ...SETTINGS,
      cache: freshCache(),
      mirrors,
      credentials,
    });
    expect(origin.seen).toEqual([]);
    expect(mirror.asked()[0]).toBe('GET /v2/hub/base/manifests/1');
    expect([...new Set(asked)]).toEqual([mirror.address]);
  });

  it.each([
    ['has nothing', (response: ServerResponse) => reply(response, 404)],
    ['refuses', (response: ServerResponse) => reply(response, 403)],
    ['fails', (response: ServerResponse) => reply(response, 500)],
    [
      'sends rubbish',
      (response: ServerResponse) => reply(response, 200, 'x', { 'docker-content-digest': base.digest }),
    ],
    ['breaks off', (response: ServerResponse) => Boolean(response.destroy())],
  ])('do not count where one %s', async (_, how) => {
    const origin = await memoryRegistry(base.files);
    const mirror = await memoryRegistry(base.files);
    mirror.misbehave((__, response) => how(response));
    const mirrors = { [origin.address]: ['http://127.0.0.1:1', `http://${mirror.address}`] };
    const options = { ...SETTINGS, cache: freshCache(), mirrors };
    const [image] = await pullImages(`${origin.address}/base:1`, ['linux/amd64'], options);
    expect(await contentOf(image)).toEqual(base.layers('amd64'));
  });
});
