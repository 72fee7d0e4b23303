import { posix } from 'node:path';

/** Where an app stands among the projects of a workspace: folders, all of them. */
export interface Place {
  readonly own: string;
  /** Of all projects with an image. */
  readonly apps: readonly string[];
  readonly projects: readonly string[];
  /** Packages that the app is compiled from. */
  readonly linked: ReadonlySet<string>;
  /** Files that it is compiled from. */
  readonly compiled: ReadonlySet<string>;
}

/** What a file is by its name and place, in the words of the report. */
export function fileClass(file: string, place: Place): string {
  const name = posix.basename(file);
  const [, simple] = BY_NAME.find(([pattern]) => pattern.test(name)) ?? [];
  if (simple !== undefined)
    return `${isLeftOut(file, simple, place) ? 'uncompiled ' : ''}${simple}${ownership(file, place)}`;
  if (/^(\.github|docs)\//.test(file)) return `CI or docs${ownership(file, place)}`;
  return `other file${ownership(file, place)}`;
}

/** Whether it lies beside what is compiled, and is not because of what it says: a constraint, or cgo. */
function isLeftOut(file: string, simple: string, { linked, compiled }: Place): boolean {
  return simple === GO_SOURCE && linked.has(posix.dirname(file)) && !compiled.has(file);
}

const GO_SOURCE = 'Go source';

// https://pkg.go.dev/cmd/go#hdr-Build_constraints, the lists of go/build.
const OTHER_SYSTEMS =
  'aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos';
const OTHER_ARCHITECTURES =
  '386|arm|loong64|mips|mipsle|mips64|mips64le|ppc64|ppc64le|riscv64|s390x|sparc64|wasm';

const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/^nx\.json$/, 'nx.json'],
  [/^\.(git|nx)ignore$/, 'ignore file of Nx'],
  [/^package(-lock)?\.json$/, 'npm packages'],
  [/^image-budgets\.json$/, 'budgets'],
  [/^project\.json$/, 'project.json'],
  [/^(renamed_)?go\.(mod|sum)$/, 'go.mod and go.sum'],
  [/^(renamed_)?go\.work(\.sum)?$/, 'go.work'],
  [/^(renamed_)?modules\.txt$/, 'modules.txt'],
  [/^Dockerfile(\.\w+)?$|\.dockerignore$/, 'Dockerfile'],
  [/^(renamed_)?(\.air\.toml|compose\.yaml)$/, 'file of the dev loop'],
  [/_test\.go$/, 'test'],
  [new RegExp(`_(${OTHER_SYSTEMS})\\.go$`), 'file of another system'],
  [new RegExp(`_(${OTHER_SYSTEMS})_[a-z0-9]+\\.go$`), 'file of another platform'],
  [/_(amd64|arm64)\.go$/, 'file of an architecture'],
  [new RegExp(`_(${OTHER_ARCHITECTURES})\\.go$`), 'file of another architecture'],
  [/\.go$/, GO_SOURCE],
  [/\.([chsS]|cc|cpp|cxx|hh|hpp|hxx|m|syso)$/, 'C or assembly'],
  [/^README/, 'README'],
];

function ownership(file: string, { own, apps, projects, linked }: Place): string {
  const owner = ownerOf(file, projects);
  if (owner === undefined) return ' of the workspace';
  if (owner === own) return ' of the app';
  const isLinked = [...linked].some((dir) => ownerOf(`${dir}/file`, projects) === owner);
  if (isLinked) return ' of a project it links';
  return apps.includes(owner) ? ' of another app' : ' of another project';
}

function ownerOf(file: string, projects: readonly string[]): string | undefined {
  return projects
    .filter((root) => root === '.' || file.startsWith(`${root}/`))
    .sort((a, b) => b.length - a.length)[0];
}
