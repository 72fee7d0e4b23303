/**
 * Changes that Nx takes for one of an image although Go says that they are none, and why. Every list is complete: a class that is
 * missing here fails the tests, and so does one that stands here and is seen no more.
 */
export interface Exceptions {
  readonly hash: readonly string[];
  readonly affected: readonly string[];
  /** Known defects: what `nx affected` does not see although it reaches an image. */
  readonly unseen?: readonly string[];
}

/** They are in every hash: Nx itself wants it. */
export const OF_NX = ['edit ignore file of Nx of the workspace', 'edit nx.json of the workspace'] as const;

/** Nx puts the configuration of the whole project into the hash of each of its tasks, and this file decides whether there is a target `dev`. */
export const PROJECT_CONFIGURATION = [
  'delete file of the dev loop of the app',
  'rename file of the dev loop of the app',
] as const;

/** Until version 24, `nx affected` goes by project: every file in the folder of the app's own project counts. */
export const OWN_PROJECT = [
  'add Go source of the app',
  'add README of the app',
  'add file of a platform of the app',
  'add other file of the app',
  'add test of the app',
  'delete file of the dev loop of the app',
  'edit file of the dev loop of the app',
  'edit project.json of the app',
  'rename file of the dev loop of the app',
] as const;
