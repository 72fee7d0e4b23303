import type { BuildInfo, GoModuleVersion } from '../build-info/build-info';

export const STANDARD_LIBRARY = 'std';

/** @returns For an import path, the path of its module; undefined where the build information does not say it. */
export function moduleFinder({
  main,
  deps,
}: Pick<BuildInfo, 'main' | 'deps'>): (importPath: string) => string | undefined {
  const modules = new Set([main, ...deps].flatMap((module) => (module ? [module.path] : [])));
  return (importPath) => {
    // The longest one wins: a module may lie below the path of another.
    for (let end = importPath.length; end > 0; end = importPath.lastIndexOf('/', end - 1)) {
      if (modules.has(importPath.slice(0, end))) return importPath.slice(0, end);
    }
    return isStandard(importPath) ? STANDARD_LIBRARY : undefined;
  };
}

/** Whose code is linked: of a replaced module, the version that replaces it. */
export function versionOf(
  { main, deps }: Pick<BuildInfo, 'main' | 'deps'>,
  path: string,
): string | undefined {
  const module: GoModuleVersion | undefined = [main, ...deps].find((one) => one?.path === path);
  return (module?.replace ?? module)?.version;
}

/**
 * Only paths of the standard library have no dot in their first element; `main` stands for a main package of unknown
 * path. https://pkg.go.dev/cmd/go#hdr-Import_path_syntax
 */
function isStandard(importPath: string): boolean {
  const [first = ''] = importPath.split('/');
  return importPath !== 'main' && importPath !== 'command-line-arguments' && !first.includes('.');
}
