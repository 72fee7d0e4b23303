import { findings, type Side } from './findings';
import type { Observation } from './observe';

/** A class of changes that Nx takes for one of an image although Go says that they are none. */
interface Excuse {
  readonly classes: RegExp;
  readonly sides: readonly Side[];
  /** The first major version of Nx that does not need it. */
  readonly until?: number;
}

const EXCUSES = {
  /** They are in every hash: Nx itself wants it. */
  nxFiles: { classes: /^edit (nx\.json|ignore file of Nx) /, sides: ['hash', 'affected'] },
  /** A project's own project.json may change any of its targets. */
  projectJson: { classes: /^edit project\.json of the app$/, sides: ['affected'] },
  /** A folder of which every file for Linux is compiled is one pattern, any other one a list of files: the hash differs between the two. */
  folderOrList: {
    classes:
      /^(add|delete|rename) file of (an|another) architecture of (the app|a project it links|the workspace)$/,
    sides: ['hash'],
  },
  /** With go.work or without, an image is described in another way: other module files, other lines of the Dockerfile. */
  goWork: { classes: /^(add|delete|rename) go\.work of /, sides: ['hash'] },
  goWorkByName: { classes: /^(add|delete|rename) go\.work of /, sides: ['affected'] },
  /** A go.work that names a module which is not there cannot be read: then whatever changes counts, for apps that stand alone, too. */
  unreadableGoWork: {
    classes: /^(delete|rename) go\.mod and go\.sum of (another|a project it links)/,
    sides: ['hash', 'affected'],
  },
  /** Any go.mod of go.work may have raised a version before the change: only the hash, for which Go is asked, can tell that it did not. */
  raisedVersion: { classes: /^edit go\.mod and go\.sum of another app$/, sides: ['affected'] },
  /** `nx affected` goes by project: every file of the app's own, and of those that it imports from, counts. */
  byProject: { classes: / of (the app|a project it links)$/, sides: ['affected'], until: 24 },
} satisfies Record<string, Excuse>;

export type ExcuseName = keyof typeof EXCUSES;

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
