import type { BuildInfo, GoModuleVersion } from '@go-docker/go-binary';
import type { ImageProgram } from './image-programs';

/** Something that an image is made of. */
export interface Component {
  /** One for each component of an image. */
  readonly id: string;
  readonly kind: 'program' | 'module' | 'standard library';
  /** Import path or module path. */
  readonly name: string;
  /** Absent for a module of the workspace. */
  readonly version?: string;
  /** https://github.com/package-url/purl-spec */
  readonly purl: string;
  /** SHA-256 over the names and hashes of the module's files, in hexadecimal: what go.sum calls `h1:`. */
  readonly sha256?: string;
  /** Where a program lies in the image. */
  readonly path?: string;
  /** Ids of what it is linked with. */
  readonly dependsOn: readonly string[];
}

/** @returns The programs of an image and what they are linked with; what several share, once. */
export function componentsOf(programs: readonly ImageProgram[]): readonly Component[] {
  const parts = new Map<string, Component>();
  const apps = programs.map(({ path, buildInfo }): Component => {
    const linked = [standardLibrary(buildInfo), ...buildInfo.deps.map(moduleOf)];
    for (const part of linked) parts.set(part.id, part);
    const main = buildInfo.main && moduleOf(buildInfo.main);
    const name = buildInfo.path ?? main?.name ?? path;
    return {
      ...{ id: `program ${path}`, kind: 'program', name, version: main?.version, path },
      ...{ purl: goPurl(name, main?.version, main?.name), dependsOn: linked.map(({ id }) => id) },
    };
  });
  return [...apps, ...[...parts.values()].sort((one, other) => (one.id < other.id ? -1 : 1))];
}

function standardLibrary({ goVersion }: BuildInfo): Component {
  // `go1.26.0 X:nocoverageredesign` where experiments were on.
  const version = goVersion.replace(/^go/, '').split(' ')[0];
  return {
    ...{ id: `module stdlib@${version}`, kind: 'standard library', name: 'stdlib', version },
    ...{ purl: goPurl('stdlib', version), dependsOn: [] },
  };
}

function moduleOf(module: GoModuleVersion): Component {
  const { path, version, sum } = linkedModule(module);
  const known = version === '(devel)' || version === '' ? undefined : version;
  return {
    ...{
      id: `module ${path}@${known ?? ''}`,
      kind: 'module',
      name: path,
      version: known,
      purl: goPurl(path, known),
    },
    ...{ sha256: sum?.startsWith('h1:') ? Buffer.from(sum.slice(3), 'base64').toString('hex') : undefined },
    dependsOn: [],
  };
}

/** A folder that takes a module's place has no version and no name but the module's. */
function linkedModule(module: GoModuleVersion): GoModuleVersion {
  if (!module.replace) return module;
  return /^(\.|\/|[A-Za-z]:)/.test(module.replace.path) ? { path: module.path } : module.replace;
}

/**
 * https://github.com/package-url/purl-spec/blob/main/types-doc/golang-definition.md
 * @param module The module of a package.
 */
function goPurl(path: string, version: string | undefined, module = path): string {
  const inside = path.startsWith(`${module}/`) ? path.slice(module.length + 1) : '';
  const encoded = module.toLowerCase().split('/').map(encodeURIComponent).join('/');
  const at = version === undefined ? '' : `@${encodeURIComponent(version)}`;
  return `pkg:golang/${encoded}${at}${inside && `#${inside}`}`;
}
