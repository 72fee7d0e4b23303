import { type LoopbackServer, loopbackServer, reply, type SeenRequest } from '../../../spec/loopback-server';
import type { Credential } from '../credentials/credential';
import type { RegistryOptions } from '../registry-options';
import { endpointOf } from './endpoint';
import { RegistryClient, type RegistryRequest } from './registry-client';

const REQUEST: RegistryRequest = {
  ...{ method: 'GET', to: 'manifests/1', repository: 'team/api', access: 'pull', expect: [200] },
};
const ANN: Credential = { kind: 'password', username: 'ann', password: 's3cret' };
// echo -n ann:s3cret | base64
const BASIC = 'Basic YW5uOnMzY3JldA==';

function clientOf({ address }: LoopbackServer, options: RegistryOptions = {}) {
  return new RegistryClient(endpointOf(address), {
    credentials: () => Promise.resolve(undefined),
    retries: { delayMs: 1 },
    ...options,
  });
}

async function read(client: RegistryClient, request = REQUEST): Promise<string> {
  return (await client.document(request, 1000)).bytes.toString();
}

const authorizations = (server: LoopbackServer) => server.seen.map(({ headers }) => headers.authorization);

describe('a registry that wants a token', () => {
  async function start(tokens = { token: 'T1', expires_in: 300 } as object) {
    const server: LoopbackServer = await loopbackServer((request, response) => {
      if (request.url.startsWith('/token')) return reply(response, 200, JSON.stringify(tokens));
      if (request.headers.authorization === 'Bearer T1') return reply(response, 200, 'the answer');
      const challenge = `Bearer realm="http://${server.address}/token",service="a registry"`;
      return reply(response, 401, '', { 'www-authenticate': challenge });
    });
    return server;
  }

  it('is asked for one, with the credentials of that registry', async () => {
    const server = await start();
    const credentials = (registry: string) => Promise.resolve(registry === server.address ? ANN : undefined);
    expect(await read(clientOf(server, { credentials }))).toBe('the answer');
    expect(server.asked()).toEqual([
      'GET /token?service=a+registry&scope=repository%3Ateam%2Fapi%3Apull&account=ann',
      'GET /v2/team/api/manifests/1',
    ]);
    expect(authorizations(server)).toEqual([undefined, BASIC, 'Bearer T1']);
  });

  it('is asked for one where nobody has logged in', async () => {
    const server = await start({ access_token: 'T1' });
    expect(await read(clientOf(server))).toBe('the answer');
    expect(authorizations(server)).toEqual([undefined, undefined, 'Bearer T1']);
  });

  it('gives it once for all requests of one scope', async () => {
    const server = await start();
    const client = clientOf(server);
    await Promise.all([read(client), read(client), read(client)]);
    expect(server.seen.filter(({ url }) => url.startsWith('/token'))).toHaveLength(1);
    await read(client, { ...REQUEST, access: 'pull,push', alsoPull: 'base' });
    expect(server.asked().at(-2)).toBe(
      'GET /token?service=a+registry&scope=repository%3Ateam%2Fapi%3Apull%2Cpush&scope=repository%3Abase%3Apull',
    );
  });

  it('gets an identity token as a form', async () => {
    const server = await start();
    const credentials = () => Promise.resolve({ kind: 'identity-token', token: 'a&b' } as const);
    await read(clientOf(server, { credentials }));
    const { method, body, headers } = server.seen[1] as SeenRequest;
    expect([method, headers['content-type']]).toEqual(['POST', 'application/x-www-form-urlencoded']);
    expect(body).toBe(
      'grant_type=refresh_token&refresh_token=a%26b&client_id=go-docker&service=a+registry&scope=repository%3Ateam%2Fapi%3Apull',
    );
  });

  it('gets no identity token where its token server sends it on to another one', async () => {
    const thief = await loopbackServer((_, response) => reply(response, 200, '{"token":"T1"}'));
    const server: LoopbackServer = await loopbackServer(({ url }, response) =>
      url.startsWith('/token')
        ? reply(response, 307, '', { location: `http://${thief.address}/token` })
        : reply(response, 401, '', { 'www-authenticate': `Bearer realm="http://${server.address}/token"` }),
    );
    const credentials = () => Promise.resolve({ kind: 'identity-token', token: 's3cret' } as const);
    await expect(read(clientOf(server, { credentials }))).rejects.toThrow(
      `it sends on to http://${thief.address}, which must not see the secret that is sent`,
    );
    expect(thief.seen.map(({ body }) => body)).toEqual([]);
  });

  it('gets an identity token at another place of the same server', async () => {
    const server: LoopbackServer = await loopbackServer(({ url, headers }, response) => {
      if (url === '/token') return reply(response, 308, '', { location: '/tokens/new' });
      if (url === '/tokens/new') return reply(response, 200, '{"token":"T1"}');
      if (headers.authorization === 'Bearer T1') return reply(response, 200, 'the answer');
      const challenge = `Bearer realm="http://${server.address}/token"`;
      return reply(response, 401, '', { 'www-authenticate': challenge });
    });
    const credentials = () => Promise.resolve({ kind: 'identity-token', token: 's3cret' } as const);
    expect(await read(clientOf(server, { credentials }))).toBe('the answer');
    expect(server.seen[2]?.body).toContain('refresh_token=s3cret');
  });

  it('is asked for another one, once, when it refuses the first', async () => {
    const server = await start({ token: 'old' });
    await expect(read(clientOf(server))).rejects.toThrow(
      `${server.address}/team/api: the registry answers 401\n→ log in: docker login ${server.address}`,
    );
    expect(authorizations(server)).toEqual([undefined, undefined, 'Bearer old', undefined, 'Bearer old']);
  });

  it.each([
    [
      'http://registry.example.com/token',
      'sends on to http://registry.example.com, where everybody on the way',
    ],
    ['file:///etc/passwd', 'sends on to file://, which cannot be asked'],
    ['nonsense', "names 'nonsense' for its tokens, which is no address"],
    ['\x9b2Jnonsense', "names '2Jnonsense' for its tokens, which is no address"],
  ])('is not followed to %s', async (realm, what) => {
    const server = await loopbackServer((_, response) =>
      reply(response, 401, '', { 'www-authenticate': `Bearer realm="${realm}"` }),
    );
    await expect(read(clientOf(server, { credentials: () => Promise.resolve(ANN) }))).rejects.toThrow(what);
  });

  it('is not shown credentials by a challenge from elsewhere', async () => {
    const thief: LoopbackServer = await loopbackServer((_, response) =>
      reply(response, 401, '', { 'www-authenticate': `Basic realm="x"` }),
    );
    const server = await loopbackServer(({ url }, response) =>
      url === '/v2/'
        ? reply(response, 401, '', { 'www-authenticate': 'Basic realm="x"' })
        : reply(response, 307, '', { location: `http://${thief.address}/blob` }),
    );
    const credentials = () => Promise.resolve(ANN);
    await expect(read(clientOf(server, { credentials }))).rejects.toThrow('the registry answers 401');
    expect(authorizations(server)).toEqual([undefined, BASIC]);
    expect(thief.asked()).toEqual(['GET /blob']);
    expect(authorizations(thief)).toEqual([undefined]);
  });
});

describe('a registry that wants a password', () => {
  it('is the only one whose first words count', async () => {
    const thief: LoopbackServer = await loopbackServer((_, response) =>
      reply(response, 401, '', { 'www-authenticate': `Bearer realm="http://${thief.address}/token"` }),
    );
    const server = await loopbackServer(({ url }, response) =>
      url === '/v2/'
        ? reply(response, 302, '', { location: `http://${thief.address}/v2/` })
        : reply(response, 200, 'the answer'),
    );
    expect(await read(clientOf(server, { credentials: () => Promise.resolve(ANN) }))).toBe('the answer');
    expect(thief.seen.map(({ url }) => url)).toEqual(['/v2/']);
  });

  it('gets it with every request, and no other registry does', async () => {
    const server = await loopbackServer(({ headers }, response) =>
      headers.authorization === BASIC
        ? reply(response, 200, 'the answer')
        : reply(response, 401, '', { 'www-authenticate': 'Basic realm="x"' }),
    );
    expect(await read(clientOf(server, { credentials: () => Promise.resolve(ANN) }))).toBe('the answer');
    expect(authorizations(server)).toEqual([undefined, BASIC]);
  });
});

describe('a registry that fails', () => {
  /** Answers as it is told to, the last answer for ever. */
  async function failing(
    ...answers: readonly [status: number, body?: string, headers?: Record<string, string>][]
  ) {
    let at = 0;
    return loopbackServer(({ url }, response) => {
      if (url === '/v2/') return reply(response, 200);
      const [status, body, headers] = answers[Math.min(at++, answers.length - 1)] ?? [200];
      return reply(response, status, body, headers);
    });
  }

  it('is asked again after 429 and 5xx', async () => {
    const server = await failing([429, '', { 'retry-after': '0' }], [500], [503], [200, 'the answer']);
    expect(await read(clientOf(server))).toBe('the answer');
    expect(server.asked()).toHaveLength(4);
  });

  it.each([
    [500, 4, 'try again later'],
    [503, 4, 'try again later'],
    [400, 1, 'see whether'],
    [403, 1, 'log in: docker login'],
    [404, 1, 'see whether the name is right'],
    [429, 4, 'wait a while, or log in, which often has a higher limit: docker login'],
  ])('with %s is asked %s times, and told of in its own words', async (status, times, advice) => {
    const errors = [{ code: 'SOME_CODE', message: 'some \u001b[31mwords' }];
    const server = await failing([status, JSON.stringify({ errors })]);
    const reading = read(clientOf(server));
    await expect(reading).rejects.toThrow(
      `${server.address}/team/api: the registry answers ${status} (SOME_CODE: some  [31mwords)\n→ ${advice}`,
    );
    expect(server.asked()).toHaveLength(times);
  });

  it('is not waited for longer than is reasonable', async () => {
    const server = await failing([429, '', { 'retry-after': '3600' }]);
    await expect(read(clientOf(server))).rejects.toThrow(
      'the registry answers 429\n→ wait 3600 s, or log in',
    );
    expect(server.asked()).toHaveLength(1);
  });

  it('is given up when it hangs, before and within an answer', async () => {
    const server = await loopbackServer(({ url }, response) => {
      if (url === '/v2/') reply(response, 200);
      else if (url.endsWith('/half')) response.writeHead(200).write('half');
    });
    const client = clientOf(server, { timeouts: { silenceMs: 200 } });
    const message = `${server.address}/team/api: ${server.address} is silent: nothing came for 0.2 s`;
    await expect(read(client)).rejects.toThrow(message);
    await expect(read(client, { ...REQUEST, to: 'manifests/half' })).rejects.toThrow(message);
    expect(server.asked()).toHaveLength(2);
  });

  it('is given up at once when the signal says so', async () => {
    const server = await loopbackServer(() => undefined);
    const stop = new AbortController();
    const reason = new Error('interrupted');
    setTimeout(() => stop.abort(reason), 50);
    await expect(read(clientOf(server, { signal: stop.signal }))).rejects.toBe(reason);
  });

  it('is asked again when it breaks the connection off', async () => {
    let times = 0;
    const server = await loopbackServer(({ url }, response) => {
      if (url === '/v2/') return reply(response, 200);
      if (++times === 1) return void response.destroy();
      if (times === 2)
        return void response
          .writeHead(200, { 'content-length': '10' })
          .write('the', () => response.destroy());
      return reply(response, 200, 'the answer');
    });
    expect(await read(clientOf(server))).toBe('the answer');
  });

  it('may not send more than is asked for', async () => {
    const server = await failing([200, 'x'.repeat(1001)]);
    await expect(read(clientOf(server))).rejects.toThrow('is no image: the answer has more than 1000 bytes');
  });

  it('is named where nothing answers', async () => {
    const client = new RegistryClient(endpointOf('127.0.0.1:1'), {
      credentials: () => Promise.resolve(undefined),
    });
    await expect(read(client)).rejects.toThrow(
      '127.0.0.1:1/team/api: 127.0.0.1:1 cannot be asked: connect ECONNREFUSED 127.0.0.1:1\n→ see whether 127.0.0.1:1 can be reached from here',
    );
  });
});

describe('a redirect', () => {
  it.each([
    ['https://192.0.2.1:1/x', 'cannot be asked|is silent'],
    ['http://192.0.2.1:1/x', 'it sends on to http://192.0.2.1:1, where everybody on the way could read'],
    ['//:x', 'it redirects to what is no address'],
    ['/v2/team/api/manifests/1', 'it redirects more than 8 times'],
  ])('to %s is not followed in vain', async (location, what) => {
    const server = await loopbackServer(({ url }, response) =>
      url === '/v2/' ? reply(response, 200) : reply(response, 302, '', { location }),
    );
    const client = clientOf(server, { timeouts: { silenceMs: 300 }, retries: { attempts: 1 } });
    await expect(read(client)).rejects.toThrow(new RegExp(what));
  });

  it('within the registry keeps the credentials, to another port it does not', async () => {
    const storage = await loopbackServer((_, response) => reply(response, 200, 'from the storage'));
    const server = await loopbackServer(({ url, headers }, response) => {
      if (headers.authorization !== BASIC)
        return reply(response, 401, '', { 'www-authenticate': 'Basic realm="x"' });
      if (url.endsWith('/1')) return reply(response, 307, '', { location: '/v2/team/api/manifests/2' });
      return reply(response, 302, '', { location: `http://${storage.address}/3` });
    });
    expect(await read(clientOf(server, { credentials: () => Promise.resolve(ANN) }))).toBe(
      'from the storage',
    );
    expect(server.asked()).toEqual(['GET /v2/team/api/manifests/1', 'GET /v2/team/api/manifests/2']);
    expect(authorizations(server)).toEqual([undefined, BASIC, BASIC]);
    expect(authorizations(storage)).toEqual([undefined]);
  });
});
