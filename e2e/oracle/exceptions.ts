import { findings, type Side } from './findings';
import type { Observation } from './observe';

/** A class of changes that Nx takes for one of an image although Go says that they are none. */
interface Excuse {
  readonly classes: RegExp;
  readonly sides: readonly Side[];
  /** The first major version of Nx that does not need it. */
  readonly until?: number;
}

const UNREADABLE =
  /^(delete|rename) go\.mod and go\.sum of (another app|another project|a project it links|the workspace)/;

const EXCUSES = {
  /** They are in every hash: Nx itself wants it. */
  nxFiles: { classes: /^edit (nx\.json|ignore file of Nx) /, sides: ['hash', 'affected'] },
  /** A project's own project.json may change any of its targets, and so may the package.json of one that has it. */
  projectJson: { classes: /^edit (project\.json|npm packages) of the app$/, sides: ['affected'] },
  /** What is there of a folder and not compiled stands in the pattern of it, and Nx hashes what named inputs say. */
  sparedByName: {
    classes:
      /^((add|delete|rename) file of (an architecture|another architecture|another platform)|(delete|rename) ((uncompiled )?Go source|C or assembly)) of (the app|a project it links|the workspace)$/,
    sides: ['hash'],
  },
  /** A source file that was deleted may have been compiled: afterwards nobody can tell. */
  deletedSource: {
    classes:
      /^(delete|rename) ((uncompiled )?Go source|C or assembly|file of (an|another) (architecture|system|platform)) of /,
    sides: ['affected'],
  },
  /** A file that is not compiled may have been, before it said so (`//go:build ignore`): afterwards nobody but the hash can tell. */
  leftOut: {
    classes: /^(edit|leave out) uncompiled Go source of (the app|a project it links|the workspace)$/,
    sides: ['affected'],
  },
  /** With go.work or without, an image is described in another way: other module files, other lines of the Dockerfile. */
  goWork: { classes: /^(add|delete|rename) go\.work of /, sides: ['hash'] },
  goWorkByName: { classes: /^(add|delete|rename) go\.work of /, sides: ['affected'] },
  /** A go.work or a `replace` that leads to no module cannot be read: then whatever changes counts, for apps that need none of it, too. */
  unreadable: { classes: UNREADABLE, sides: ['hash'] },
  unreadableByName: { classes: UNREADABLE, sides: ['affected'] },
  /** Any go.mod of go.work may have raised a version before the change: only the hash, for which Go is asked, can tell that it did not. */
  raisedVersion: { classes: /^edit go\.mod and go\.sum of another app$/, sides: ['affected'] },
  /** `nx affected` goes by project: every file of the app's own, and of those that it imports from, if only in tests, counts. */
  byProject: { classes: / of (the app|a project it links|another project)$/, sides: ['affected'], until: 24 },
} satisfies Record<string, Excuse>;

export type ExcuseName = keyof typeof EXCUSES;

export const ALL_EXCUSES = Object.keys(EXCUSES) as readonly ExcuseName[];

/** What all images have in common, in whatever workspace. */
export const EVERYWHERE: readonly ExcuseName[] = ['nxFiles', 'projectJson', 'byProject'];

export interface Verdict {
  /** Changes that reach an image and were not seen, by class, and what was taken for one without an excuse. */
  readonly hash: { readonly holes: readonly string[]; readonly imprecise: readonly string[] };
  readonly affected: { readonly holes: readonly string[]; readonly imprecise: readonly string[] };
  /** Excuses that nothing needs, and the side that does not need them. */
  readonly unused: readonly string[];
}

/** Holds what was seen against what is excused in a workspace. */
export function judge(
  observations: readonly Observation[],
  nxVersion: string,
  excuses: readonly ExcuseName[],
): Verdict {
  const major = Number.parseInt(nxVersion, 10);
  const unused: string[] = [];
  const judgeSide = (side: Side) => {
    const { holes, imprecise } = findings(observations, side);
    const valid = excuses.filter((name) => isValid(EXCUSES[name], side, major));
    const excused = (name: ExcuseName, each: string): boolean => EXCUSES[name].classes.test(each);
    for (const name of valid)
      if (!imprecise.some((each) => excused(name, each))) unused.push(`${name} of ${side}`);
    return { holes, imprecise: imprecise.filter((each) => !valid.some((name) => excused(name, each))) };
  };
  return { hash: judgeSide('hash'), affected: judgeSide('affected'), unused };
}

const isValid = ({ sides, until }: Excuse, side: Side, major: number): boolean =>
  sides.includes(side) && major < (until ?? Infinity);
