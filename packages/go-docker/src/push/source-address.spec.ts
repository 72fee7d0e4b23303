import { sourceAddress } from './source-address';

describe('sourceAddress', () => {
  it.each([
    ['git@github.com:acme/shop.git', 'https://github.com/acme/shop'],
    ['github.com:acme/shop', 'https://github.com/acme/shop'],
    ['ssh://git@git.example.com:2222/acme/shop.git', 'https://git.example.com/acme/shop'],
    ['https://github.com/acme/shop.git', 'https://github.com/acme/shop'],
    ['https://x-access-token:s3cret@github.com/acme/shop', 'https://github.com/acme/shop'],
    ['https://git.example.com:8443/acme/shop/?token=s3cret#x', 'https://git.example.com:8443/acme/shop'],
    ['/srv/git/shop.git', undefined],
    ['../shop', undefined],
    ['C:\\git\\shop', undefined],
    ['file:///srv/git/shop.git', undefined],
    ['ssh://', undefined],
    ['', undefined],
  ])('of %s is %s', (remote, address) => {
    expect(sourceAddress(remote)).toBe(address);
  });
});
