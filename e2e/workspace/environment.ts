import { delimiter, join } from 'node:path';

/** The root of the repository under test. */
export const repository = join(__dirname, '..', '..');

/**
 * The caller's environment without what would change a test's outcome: settings of Nx, Go, Docker and Jest, and the
 * programs of this repository's own node_modules on the PATH.
 */
export function neutralEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OF_THE_CALLER.test(name));
  const path = (process.env.PATH ?? '').split(delimiter).filter((dir) => !dir.startsWith(repository));
  return {
    ...Object.fromEntries(kept),
    PATH: path.join(delimiter),
    CI: 'true',
    NO_COLOR: '1',
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_TUI: 'false',
  };
}

/** What Go is told where the test starts it: the machine's settings have no say. */
export function goEnvironment(): NodeJS.ProcessEnv {
  return { ...neutralEnvironment(), GOENV: 'off', GOTOOLCHAIN: 'auto', GOFLAGS: '-buildvcs=false' };
}

const OF_THE_CALLER = new RegExp(
  [
    '^NX_|^CGO_|^BUILDKIT_|^BUILDX_|^COMPOSE_|^JEST_|^NODE_ENV$|^NODE_OPTIONS$|^FORCE_COLOR$|^INIT_CWD$',
    '^GO_DOCKER_(ENGINE|CACHE_FROM|CACHE_TO)$|^SOURCE_DATE_EPOCH$|^DOCKER_(BUILDKIT|DEFAULT_PLATFORM|CONTENT_TRUST)$',
    '^GO(?!_|PROXY|SUMDB|NOSUMDB|NOPROXY|PRIVATE|CACHE|MODCACHE|PATH)',
    '^npm_(?!config_(registry|cafile|proxy|https_proxy|noproxy)$)',
  ].join('|'),
);
