import { readFileSync } from 'node:fs';

/** The major version of the Nx that the workspace has. Not asked of @nx/devkit, which takes longer to load than all our work. */
export function nxMajor(): number {
  const { version }: { version: string } = JSON.parse(
    readFileSync(require.resolve('nx/package.json'), 'utf8'),
  );
  return Number(version.split('.', 1)[0]);
}
