import { childPath, joinPath, parentPath, type WorkspacePath } from '../files/workspace-path';
import { hasGoFiles } from '../sources/package-sources';
import type { SourceReader } from '../sources/source-reader';
import type { LocalModules } from '../module-closure/local-modules';

/** Where an import leads. */
export type ImportTarget =
  | { readonly kind: 'local'; readonly dir: WorkspacePath; readonly moduleDir: WorkspacePath }
  | { readonly kind: 'standard' }
  | { readonly kind: 'external' }
  /** Inside a local module, but there is no package: `dir` is where it would be. */
  | { readonly kind: 'missing'; readonly dir: WorkspacePath; readonly moduleDir: WorkspacePath };

export type ImportResolver = (importPath: string) => ImportTarget;

const resolvers = new WeakMap<LocalModules, ImportResolver>();

/**
 * Resolves import paths by the rules of modload.importFromFiles: the longest module path whose folder holds the package. One resolver for all
 * who see the same modules, which belong to one workspace and so to one reader.
 */
export function importResolver(reader: SourceReader, modules: LocalModules): ImportResolver {
  const resolver = resolvers.get(modules) ?? newResolver(reader, modules);
  resolvers.set(modules, resolver);
  return resolver;
}

function newResolver(reader: SourceReader, modules: LocalModules): ImportResolver {
  const externalModules = externalRequirements(modules);
  const { byPath, vendorDir } = modules;
  const mainDirs = new Set(modules.mainModules.map(({ dir }) => dir));
  const resolve = (importPath: string): ImportTarget => {
    let missing: { readonly dir: WorkspacePath; readonly moduleDir: WorkspacePath } | undefined;
    for (const prefix of prefixes(importPath)) {
      const moduleDir = byPath.get(prefix);
      // A vendor folder holds every package that is not of a main module, local or not.
      if (moduleDir === undefined || (vendorDir !== undefined && !mainDirs.has(moduleDir))) continue;
      const dir = joinPath(moduleDir, importPath.slice(prefix.length + 1)) ?? moduleDir;
      if (isPackageOf(reader, moduleDir, dir)) return { kind: 'local', dir, moduleDir };
      missing ??= { dir, moduleDir };
    }
    if (vendorDir !== undefined) {
      const dir = childPath(vendorDir, importPath);
      if (hasGoFiles(reader, dir)) return { kind: 'local', dir, moduleDir: parentPath(vendorDir) };
    }
    if (isStandard(importPath, missing !== undefined)) return { kind: 'standard' };
    const isExternal =
      missing === undefined || prefixes(importPath).some((path) => externalModules.has(path));
    return isExternal || missing === undefined ? { kind: 'external' } : { kind: 'missing', ...missing };
  };

  const resolved = new Map<string, ImportTarget>();
  return (importPath) => {
    const known = resolved.get(importPath);
    if (known) return known;
    const target = resolve(importPath);
    resolved.set(importPath, target);
    return target;
  };
}

/** The import path, and the paths of all modules that may hold it: the longest first. */
function prefixes(importPath: string): string[] {
  const elements = importPath.split('/');
  return elements.map((_, index) => elements.slice(0, elements.length - index).join('/'));
}

/** Module paths that some go.mod requires and no folder stands for. */
function externalRequirements({ byPath, mainModules, moduleAt }: LocalModules): Set<string> {
  const required = [...mainModules, ...[...byPath.values()].map(moduleAt)].flatMap(
    (module) => module?.goMod.require ?? [],
  );
  return new Set(required.map(({ path }) => path).filter((path) => !byPath.has(path)));
}

/** A module ends where another go.mod stands. */
function isPackageOf(reader: SourceReader, moduleDir: WorkspacePath, dir: WorkspacePath): boolean {
  for (let between = dir; between !== moduleDir; between = parentPath(between)) {
    if (reader.directory(between).get('go.mod')?.kind === 'file') return false;
  }
  return hasGoFiles(reader, dir);
}

/** The first elements of the standard library's import paths, which only a local module without a dot in its path can share. */
const STANDARD = new Set(
  `C archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go hash html
   image index internal io iter log maps math mime net os path plugin reflect regexp runtime slices sort strconv strings structs
   sync syscall testing text time unicode unique unsafe vendor weak`.split(/\s+/),
);

function isStandard(importPath: string, isWithinLocalModule: boolean): boolean {
  const [first = ''] = importPath.split('/', 1);
  return isWithinLocalModule ? STANDARD.has(first) : !first.includes('.');
}
