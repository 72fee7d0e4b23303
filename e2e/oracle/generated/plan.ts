import { posix } from 'node:path';
import type { Random } from './random';

export const LAYOUTS = [
  'go.work',
  'one root module',
  'a chain of replaced modules',
  'nested modules',
] as const;
export type GeneratedLayout = (typeof LAYOUTS)[number];

export interface Module {
  readonly path: string;
  readonly dir: string;
}

export interface Package {
  readonly module: Module;
  readonly dir: string;
  readonly name: string;
  readonly isApp: boolean;
}

/** The packages of a workspace, each after all that it may import. */
export function plan(layout: GeneratedLayout, random: Random): Package[] {
  const apps = ['api', 'worker', 'report'].slice(0, 2 + random.below(2));
  const libraries = ['log', 'money', 'queue'].slice(0, 2 + random.below(2));
  switch (layout) {
    case 'go.work':
    case 'a chain of replaced modules':
      return [
        ...libraries.flatMap((name) => libraryPackages(moduleAt(`libs/${name}`), random)),
        ...apps.map((name) => appPackage(moduleAt(`apps/${name}`), `apps/${name}`)),
      ];
    case 'one root module': {
      const root = moduleAt('.');
      return [
        ...libraries.map((name) => libraryPackage(root, `internal/${name}`)),
        ...(random.chance(0.5) ? [libraryPackage(root, '.')] : []),
        ...apps.map((name) => appPackage(root, `cmd/${name}`)),
      ];
    }
    case 'nested modules': {
      const root = moduleAt('.');
      // Each in the one before it.
      const dirs = libraries.map((_, depth) => libraries.slice(0, depth + 1).join('/'));
      return [
        ...dirs.flatMap((dir) => libraryPackages(moduleAt(dir), random)),
        libraryPackage(root, 'shared'),
        ...apps.map((name) => appPackage(root, `apps/${name}`)),
      ];
    }
  }
}

const moduleAt = (dir: string): Module => ({ path: posix.join('example.com/generated', dir), dir });

const appPackage = (module: Module, dir: string): Package => ({ module, dir, name: 'main', isApp: true });

const libraryPackage = (module: Module, dir: string): Package => ({
  module,
  dir,
  name: dir === '.' ? 'generated' : posix.basename(dir),
  isApp: false,
});

/** A module's own folder, or one below it, or both. */
function libraryPackages(module: Module, random: Random): Package[] {
  const dirs = [[module.dir], [`${module.dir}/inner`], [`${module.dir}/inner`, module.dir]][random.below(3)];
  return (dirs ?? []).map((dir) => libraryPackage(module, dir));
}

export const importPath = ({ module, dir }: Package): string =>
  posix.join(module.path, posix.relative(module.dir, dir));
