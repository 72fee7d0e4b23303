import { packagesFolder } from './packages-folder';

it.each([
  ['/home/me/shop/node_modules/go-docker/dist', 'node_modules'],
  ['/home/me/shop/node_modules/.pnpm/go-docker@0.1.0/node_modules/go-docker/dist', 'node_modules'],
  ['/home/me/shop/.nx/installation/node_modules/go-docker/dist', '.nx/installation/node_modules'],
  ['C:\\shop\\.nx\\installation\\node_modules\\go-docker\\dist', '.nx/installation/node_modules'],
])('of a package in %s is %s', (place, folder) => {
  expect(packagesFolder(place)).toBe(folder);
});
