import { posix } from 'node:path';
import type { Mutation } from './mutations';
import { classOf, type App, type Scene } from './scene';

/**
 * How many changes of one sort are made: of a sort are those of one kind to files that are the same to an app, by name and place and by
 * whether it is made of them.
 */
export interface Sampling {
  readonly perSort: number;
  /** Whether it is enough that the changes of a sort are seen by any app. Else there are as many for each of them. */
  readonly anyApp?: boolean;
}

/** Changes of every sort, spread over all that there are; the same ones each time. */
export function sample(
  all: readonly Mutation[],
  scene: Scene,
  { perSort, anyApp }: Sampling,
): readonly Mutation[] {
  const sortOf = (mutation: Mutation, app: App): string =>
    [
      anyApp ? '' : app.task.project,
      mutation.kind,
      classOf(mutation.file, app, scene),
      app.go.files.has(mutation.file),
      app.go.folders.has(posix.dirname(mutation.file)),
    ].join(' ');
  const sorts = new Map<string, Set<Mutation>>();
  for (const mutation of all)
    for (const app of scene.apps) {
      const sort = sortOf(mutation, app);
      sorts.set(sort, (sorts.get(sort) ?? new Set()).add(mutation));
    }
  const chosen = new Set<Mutation>();
  // The rarest first: what is chosen for them serves the others, too.
  for (const sort of [...sorts.values()].sort((a, b) => a.size - b.size)) {
    const missing = perSort - [...sort].filter((each) => chosen.has(each)).length;
    for (const each of spread([...sort], missing)) chosen.add(each);
  }
  return all.filter((each) => chosen.has(each));
}

function spread<T>(all: readonly T[], count: number): readonly T[] {
  if (count <= 0) return [];
  const step = Math.max(1, all.length / count);
  return all.filter((_, index) => Math.floor(index / step) > Math.floor((index - 1) / step));
}
