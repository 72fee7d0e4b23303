import type { GoApp, WorkspacePath } from '@go-docker/go-workspace';

/**
 * A name for each app whose project has none, which no other project has: the app's own, with as many of the folders above before it as
 * tell it from the others. `services/a/cmd/server` and `services/b/cmd/server` are `a-server` and `b-server`. The order of the apps does
 * not matter, nor does it whether one of them has got its name before.
 *
 * @param apps Several with one project root get one name.
 * @param projects Root of every project that has a name → that name.
 * @returns by project root; no entry for a project that has a name, or for one whose every name is taken.
 */
export function appNames(
  apps: readonly GoApp[],
  projects: ReadonlyMap<WorkspacePath, string>,
): ReadonlyMap<WorkspacePath, string> {
  const taken = new Set(projects.values());
  const perRoot = new Map(apps.map((app) => [app.projectRoot, app]));
  let named = [...perRoot].map(([root, app]): Named => ({ root, names: candidates(app) }));
  const isUnique = (each: Named): boolean =>
    (projects.has(each.root) || !taken.has(nameOf(each))) &&
    named.filter((other) => nameOf(other) === nameOf(each)).length === 1;
  // Each turn takes a name from all that are not unique at once, so that none of them wins by coming first.
  while (named.some((each) => !isUnique(each) && each.names.length > 1)) {
    const clashing = new Set(named.filter((each) => !isUnique(each) && each.names.length > 1));
    named = named.map((each) => (clashing.has(each) ? { ...each, names: each.names.slice(1) } : each));
  }
  named = named.map((each) => (isUnique(each) ? each : { ...each, names: [`${nameOf(each)}-app`] }));
  return new Map(
    named
      .filter((each) => isUnique(each) && !projects.has(each.root))
      .map((each) => [each.root, nameOf(each)]),
  );
}

interface Named {
  readonly root: WorkspacePath;
  /** What it may still be called, the shortest first. */
  readonly names: readonly string[];
}

function nameOf({ names: [name = ''] }: Named): string {
  return name;
}

/** The app's name, with one more folder before it each time. `cmd` says nothing, unless there is nothing else to tell them apart. */
function candidates({ name, projectRoot }: GoApp): readonly string[] {
  if (projectRoot === '.') return [name];
  const above = projectRoot.split('/').slice(0, -1);
  const telling = above.filter((folder) => folder !== 'cmd');
  const longer = telling.map((_, index) => [...telling.slice(telling.length - 1 - index), name].join('-'));
  return [...new Set([name, ...longer, [...above, name].join('-')])];
}
