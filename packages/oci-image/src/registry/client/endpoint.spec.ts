import { endpointOf, mirrorEndpoint } from './endpoint';

describe('endpointOf', () => {
  it.each([
    ['docker.io', 'https://registry-1.docker.io/'],
    ['ghcr.io', 'https://ghcr.io/'],
    ['registry.example.com:5000', 'https://registry.example.com:5000/'],
    ['10.0.0.1:5000', 'https://10.0.0.1:5000/'],
    ['127.0.0.1.example.com', 'https://127.0.0.1.example.com/'],
    ['localhost.example.com', 'https://localhost.example.com/'],
    ['127.0.0.1:5000', 'http://127.0.0.1:5000/'],
    ['127.1.2.3', 'http://127.1.2.3/'],
    ['localhost:5000', 'http://localhost:5000/'],
    ['[::1]:5000', 'http://[::1]:5000/'],
  ])('asks %s at %s', (registry, base) => {
    expect(endpointOf(registry).base.href).toBe(base);
  });
});

describe('mirrorEndpoint', () => {
  it.each([
    ['mirror.example.com', 'https://mirror.example.com/', ''],
    ['https://harbor.example.com/hub/', 'https://harbor.example.com/', 'hub/'],
    ['harbor.example.com:8443/a/b', 'https://harbor.example.com:8443/', 'a/b/'],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5000/', ''],
  ])('takes %s', (text, base, prefix) => {
    const endpoint = mirrorEndpoint(text);
    expect([endpoint.base.href, endpoint.prefix]).toEqual([base, prefix]);
  });

  it.each([
    [
      'http://mirror.example.com',
      'plain HTTP is spoken with this machine alone, not with mirror.example.com',
    ],
    ['ftp://mirror.example.com', "'ftp://mirror.example.com' is no mirror of a registry"],
    ['https://user:secret@mirror.example.com', 'is no mirror of a registry'],
    ['', "'' is no mirror of a registry"],
  ])('refuses %s', (text, what) => {
    expect(() => mirrorEndpoint(text)).toThrow(what);
  });
});
