import { relative, resolve, sep } from 'node:path';
import { runProgram } from '../../program';
import { bytesOf, cleanPath, joined, type BytePath } from '../files/byte-path';
import type { FileTree } from '../files/file-tree';
import { isSameFile } from '../files/same-file';
import { isBelow, realPath, type PlacedGo } from './files-of-stage';
import type { HostRoot } from './host-root';

/** What Go would make one program of, in a folder with the files of several stages. */
export class JointPackages {
  private readonly moduleFiles: readonly BytePath[];
  private readonly fetched: readonly string[];

  private constructor(
    private readonly byFolder: ReadonlyMap<string, ListedPackage>,
    private readonly byPath: ReadonlyMap<string, ListedPackage>,
    private readonly place: JointPlace,
  ) {
    const { moduleCache, tree } = place;
    this.moduleFiles = [...tree.entries()].map(([path]) => path).filter((path) => MODULE_FILE.test(path));
    this.fetched = moduleCache === '' ? [] : [realPath(moduleCache)];
  }

  /** Asks Go. What is wrong with a package is not told: Go says so where it builds it. */
  static async list(
    { program, options }: PlacedGo,
    args: readonly string[],
    place: JointPlace,
  ): Promise<JointPackages> {
    let stdout = '';
    const onStdout = (text: string) => void (stdout += text);
    const list = ['list', '-e', '-deps', `-json=${FIELDS.join(',')}`, ...args];
    await runProgram(program, list, { ...options, onStdout });
    const packages = objectsIn(stdout);
    return new JointPackages(
      new Map(packages.map((each) => [each.Dir ?? '', each])),
      new Map(packages.map((each) => [each.ImportPath, each])),
      place,
    );
  }

  /** @param folder Absolute path. @returns The import path of the package there. */
  importPathOf(folder: string): string | undefined {
    return this.byFolder.get(folder)?.ImportPath;
  }

  /**
   * Whether Go makes the program of the same files in a stage of its own: it chooses the same modules there, and each file that it compiles lies in the stage.
   *
   * @param folder Absolute path of the main package.
   */
  async isOfStage(folder: string, stage: FileTree): Promise<boolean> {
    const main = this.byFolder.get(folder);
    const packages = main && [main, ...(main.Deps ?? []).map((path) => this.byPath.get(path))];
    if (!packages || !(await areSame(this.moduleFiles, this.place.tree, stage))) return false;
    const files: BytePath[] = [];
    for (const each of packages) {
      if (each && (each.Standard || isBelow(realPath(each.Dir ?? ''), this.fetched))) continue;
      const own = each && this.filesOf(each, stage);
      if (!own) return false;
      files.push(...own);
    }
    return areSame([...files, ...this.profiles(folder)], this.place.tree, stage);
  }

  /** undefined: not all are known, or they are not files of stages. */
  private filesOf(listed: ListedPackage, stage: FileTree): readonly BytePath[] | undefined {
    const folder = this.inTree(listed.Dir ?? '');
    // Assembler may include files that nobody lists.
    if (folder === undefined || listed.Incomplete || (listed.SFiles ?? []).length > 0) return undefined;
    const compiled = COMPILED.flatMap((field) => listed[field] ?? []);
    // The stage may have another file at the path of one that is left out here.
    const others = stage.list(folder).filter((name) => stage.get(joined(folder, name))?.type === 'file');
    return [...compiled.map(bytesOf), ...others].map((name) => cleanPath(joined(folder, name)));
  }

  /** https://go.dev/doc/pgo */
  private profiles(folder: string): readonly BytePath[] {
    const main = this.inTree(folder);
    const path = main === undefined ? undefined : joined(main, 'default.pgo');
    return path !== undefined && this.place.tree.get(path) ? [path] : [];
  }

  private inTree(folder: string): BytePath | undefined {
    const path = relative(this.place.root.directory, resolve(folder));
    return path.startsWith('..') || resolve(path) === path ? undefined : bytesOf(path.split(sep).join('/'));
  }
}

/** Where the files of several stages are. */
export interface JointPlace {
  readonly tree: FileTree;
  readonly root: HostRoot;
  /** Absolute path; what lies there is what go.sum says. Empty: not known. */
  readonly moduleCache: string;
}

/** Without cgo. */
const COMPILED = ['GoFiles', 'SysoFiles', 'EmbedFiles'] as const;

const FIELDS = ['ImportPath', 'Dir', 'Standard', 'Deps', 'Incomplete', 'SFiles', ...COMPILED] as const;

/** https://pkg.go.dev/cmd/go#hdr-List_packages_or_modules */
interface ListedPackage extends Readonly<Partial<Record<Listed, readonly string[]>>> {
  readonly ImportPath: string;
  readonly Dir?: string;
  readonly Standard?: boolean;
  readonly Incomplete?: boolean;
}

type Listed = 'Deps' | 'SFiles' | (typeof COMPILED)[number];

/** What decides which modules there are, and in what versions. */
const MODULE_FILE = /(^|\/)(go\.mod|go\.sum|go\.work|go\.work\.sum|vendor\/modules\.txt)$/;

/** Go writes one object after the other, each with its last brace on a line of its own. */
function objectsIn(text: string): readonly ListedPackage[] {
  return text
    .split(/^\}\n/m)
    .filter((each) => each.trim() !== '')
    .map((each) => JSON.parse(`${each}}`) as ListedPackage);
}

async function areSame(paths: readonly BytePath[], one: FileTree, other: FileTree): Promise<boolean> {
  for (const path of paths) if (!(await isSameFile(one.get(path), other.get(path)))) return false;
  return true;
}
