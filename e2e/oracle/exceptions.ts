/** Classes of changes that Nx takes for one of an image although Go says that they are none. */
interface Exception {
  readonly classes: RegExp;
  readonly side: 'hash' | 'affected' | 'both';
  /** The first major version of Nx that does not need it. */
  readonly until?: number;
}

const EXCEPTIONS: readonly Exception[] = [
  // They are in every hash: Nx itself wants it.
  { classes: /^edit (nx\.json|ignore file of Nx) /, side: 'both' },
  // A project's own project.json may change any of its targets.
  { classes: /^edit project\.json of the app$/, side: 'affected' },
  // Nx hashes the configuration of the whole project with each of its tasks, and this file decides whether there is a target `dev`.
  { classes: /^(delete|rename) file of the dev loop of the app$/, side: 'hash' },
  // A folder of which every file is compiled is one pattern, any other one a list of files: the hash differs between the two.
  { classes: /^(add|delete|rename) file of a platform of (the app|a project it links)$/, side: 'hash' },
  // With go.work or without, an image is described in another way: other module files, other lines of the Dockerfile.
  { classes: /^(add|delete|rename) go\.work of /, side: 'both' },
  // A go.work that names a module which is not there cannot be read: then whatever changes counts, for apps that stand alone, too.
  { classes: /^(delete|rename) go\.mod and go\.sum of (another|a project it links)/, side: 'both' },
  // Any go.mod of go.work may have raised a version before the change: only the hash, for which Go is asked, can tell that it did not.
  { classes: /^edit go\.mod and go\.sum of another app$/, side: 'affected' },
  // `nx affected` goes by project: every file of the app's own, and of those that it imports from, counts.
  { classes: / of (the app|a project it links)$/, side: 'affected', until: 24 },
];

/** The classes that nothing excuses. */
export function unexcused(
  classes: readonly string[],
  side: 'hash' | 'affected',
  nxVersion: string,
): readonly string[] {
  const major = Number.parseInt(nxVersion, 10);
  const excuses = EXCEPTIONS.filter(
    (each) => [side, 'both'].includes(each.side) && major < (each.until ?? Infinity),
  );
  return classes.filter((name) => !excuses.some((each) => each.classes.test(name)));
}
