/**
 * The folder, below the workspace root, in which npm packages lie.
 *
 * @param place Where this package lies. A workspace without package.json has Nx and its plugins apart (`nx init` calls it `.nx/installation`).
 */
export function packagesFolder(place: string = __dirname): string {
  const isApart = /[\\/]\.nx[\\/]installation[\\/]node_modules[\\/]/.test(place);
  return isApart ? '.nx/installation/node_modules' : 'node_modules';
}
