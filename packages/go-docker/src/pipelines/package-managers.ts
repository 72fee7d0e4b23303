import { readJsonObject } from '../json/read-json';

/** How a pipeline installs packages and starts programs from them. */
export interface PackageManager {
  readonly name: PackageManagerName;
  /** Installs exactly what the lock file says. */
  readonly install: string;
  /** Starts Nx. */
  readonly nx: string;
  /** Starts our own program. */
  readonly goDocker: string;
  /** The variables that move its cache of downloads: each release reads one of them. */
  readonly cacheVariables: readonly string[];
  /** Whether package.json says which release of it is meant. */
  readonly isNamed: boolean;
}

/** `nx` is the wrapper that `nx init` writes where there is no package.json: it installs what nx.json names with npm. */
export const packageManagerNames = ['npm', 'pnpm', 'yarn', 'bun', 'nx'] as const;
export type PackageManagerName = (typeof packageManagerNames)[number];

/** In the order in which Nx asks for them. */
const LOCK_FILES: readonly (readonly [file: string, name: PackageManagerName])[] = [
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['yarn.lock', 'yarn'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['package-lock.json', 'npm'],
  ['.nx/nxw.js', 'nx'],
];

/** The package manager whose lock file lies at the root, or Nx's wrapper; undefined where there is none. */
export function detectPackageManager(exists: (file: string) => boolean): PackageManagerName | undefined {
  return LOCK_FILES.find(([file]) => exists(file))?.[1];
}

/**
 * @param yarnLock The text of yarn.lock, which tells the Yarn that is meant: since 2 it has metadata, and other options.
 * @param packageJson The text of package.json.
 */
export function packageManager(name: PackageManagerName, yarnLock = '', packageJson = '{}'): PackageManager {
  const isBerry = /^__metadata:/m.test(yarnLock);
  const managers: Readonly<Record<PackageManagerName, Omit<PackageManager, 'name' | 'isNamed'>>> = {
    npm: { install: 'npm ci', ...startedBy('npx'), cacheVariables: ['npm_config_cache'] },
    pnpm: {
      install: 'pnpm install --frozen-lockfile',
      ...startedBy('pnpm exec'),
      // The second one since pnpm 11, which passes over the first.
      cacheVariables: ['npm_config_store_dir', 'pnpm_config_store_dir'],
    },
    yarn: {
      install: isBerry ? 'yarn install --immutable' : 'yarn install --frozen-lockfile',
      ...startedBy('yarn'),
      // Yarn 4 has its cache in the global folder, whatever YARN_CACHE_FOLDER says; Yarn 2 and 3 fill the workspace's own from there.
      cacheVariables: [isBerry ? 'YARN_GLOBAL_FOLDER' : 'YARN_CACHE_FOLDER'],
    },
    bun: {
      install: 'bun install --frozen-lockfile',
      ...startedBy('bunx'),
      cacheVariables: ['BUN_INSTALL_CACHE_DIR'],
    },
    nx: {
      // It installs before it does anything.
      install: `${WRAPPER} --version`,
      nx: WRAPPER,
      goDocker: '.nx/installation/node_modules/.bin/go-docker',
      cacheVariables: ['npm_config_cache'],
    },
  };
  return {
    name,
    ...managers[name],
    isNamed: 'packageManager' in readJsonObject(packageJson, 'package.json'),
  };
}

/** Not by the shell script beside it, which may have lost its mode on Windows. */
const WRAPPER = 'node .nx/nxw.js';

function startedBy(exec: string): Pick<PackageManager, 'nx' | 'goDocker'> {
  return { nx: `${exec} nx`, goDocker: `${exec} go-docker` };
}
