import { posix } from 'node:path';
import { packageFiles } from './package-files';
import { LAYOUTS, plan, type GeneratedLayout, type Module } from './plan';
import { randomFrom } from './random';

export interface GeneratedWorkspace {
  readonly layout: GeneratedLayout;
  readonly files: Readonly<Record<string, string>>;
}

/** A Go workspace that is built as it stands: the same one for the same seed, one of each layout in a row. */
export function generate(seed: number): GeneratedWorkspace {
  const random = randomFrom(seed);
  const layout = LAYOUTS[seed % LAYOUTS.length] ?? LAYOUTS[0];
  const packages = plan(layout, random);
  const files: Record<string, string> = {};
  const needed = new Map<Module, Set<Module>>();
  for (const [index, each] of packages.entries()) {
    const libraries = packages.slice(0, index).filter(({ isApp }) => !isApp);
    const { files: own, imports } = packageFiles(each, libraries, random);
    Object.assign(files, own);
    const needs = needed.get(each.module) ?? new Set();
    needed.set(each.module, needs);
    for (const { module } of imports)
      for (const one of [module, ...(needed.get(module) ?? [])]) needs.add(one);
  }
  for (const [module, needs] of needed) {
    needs.delete(module);
    files[posix.join(module.dir, 'go.mod')] = goMod(module, layout === 'go.work' ? [] : [...needs]);
  }
  if (layout === 'go.work') files['go.work'] = goWork([...needed.keys()]);
  for (const { dir } of packages.filter((each) => !each.isApp && each.dir !== '.' && random.chance(0.25)))
    files[`${dir}/project.json`] = `${JSON.stringify({ name: dir.replaceAll('/', '-') })}\n`;
  return { layout, files };
}

const goMod = ({ path, dir }: Module, needs: readonly Module[]): string =>
  [
    `module ${path}\n\ngo 1.26.0\n`,
    ...needs.map((each) => `require ${each.path} v0.0.0`),
    ...needs.map((each) => `replace ${each.path} => ${relativeDir(dir, each.dir)}`),
    '',
  ].join('\n');

const goWork = (modules: readonly Module[]): string =>
  `go 1.26.0\n\nuse (\n${modules.map(({ dir }) => `\t./${dir}\n`).join('')})\n`;

function relativeDir(from: string, to: string): string {
  const path = posix.relative(from, to);
  return path.startsWith('.') ? path : `./${path}`;
}
