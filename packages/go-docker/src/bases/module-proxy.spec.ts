import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { moduleVersions } from './module-proxy';

describe('the versions of a module', () => {
  let folder: string;
  let server: Server;
  let address: string;
  let asked: { path?: string; authorization?: string }[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gd-proxy-'));
    mkdirSync(join(folder, 'example.com/!tool/@v'), { recursive: true });
    writeFileSync(join(folder, 'example.com/!tool/@v/list'), 'v1.0.0\nv1.1.0\n');
    server = createServer((request, response) => {
      asked.push({ path: request.url, authorization: request.headers.authorization });
      if (request.url === '/example.com/there/@v/list') response.end('v2.0.0\r\n');
      else response.writeHead(request.url?.includes('broken') ? 500 : 404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => (asked = []));

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await new Promise((resolve) => server.close(resolve));
  });

  it('are read from a folder, with capitals written as the protocol wants it', async () => {
    expect(await moduleVersions('example.com/Tool', pathToFileURL(folder).href)).toEqual([
      'v1.0.0',
      'v1.1.0',
    ]);
  });

  it('are asked of a proxy, with the password of its address', async () => {
    const withPassword = address.replace('//', '//me:s%40cret@');
    expect(await moduleVersions('example.com/there', withPassword)).toEqual(['v2.0.0']);
    expect(asked).toEqual([
      {
        path: '/example.com/there/@v/list',
        authorization: `Basic ${Buffer.from('me:s@cret').toString('base64')}`,
      },
    ]);
  });

  it('come from the next proxy where the first has none, and after any failure where "|" says so', async () => {
    const files = pathToFileURL(folder).href;
    expect(await moduleVersions('example.com/Tool', `${address},${files}`)).toEqual(['v1.0.0', 'v1.1.0']);
    expect(await moduleVersions('example.com/Tool', `http://127.0.0.1:1|${files}`)).toEqual([
      'v1.0.0',
      'v1.1.0',
    ]);
    await expect(moduleVersions('example.com/Tool', `http://127.0.0.1:1,${files}`)).rejects.toThrow(
      /^No module proxy/,
    );
  });

  it('are an error that names each proxy and its answer, without a password', async () => {
    const proxies = `${address.replace('//', '//me:secret@')}/broken|http://127.0.0.1:1,direct`;
    const error: unknown = await moduleVersions('example.com/there', proxies).catch(
      (reason: unknown) => reason,
    );
    const message = error instanceof Error ? error.message : '';
    expect(message).toMatch(
      /^No module proxy tells the versions of example\.com\/there\n {2}http:\/\/me:…@127\.0\.0\.1:\d+\/broken: HTTP 500\n {2}http:\/\/127\.0\.0\.1:1: .+\n→ GOPROXY is /,
    );
    expect(message).not.toContain('secret');
  });

  it('are not known with GOPROXY=off', async () => {
    await expect(moduleVersions('example.com/there', 'off')).rejects.toThrow(
      'GOPROXY is off: set it to a proxy that answers.',
    );
  });
});
