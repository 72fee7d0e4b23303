import { posix } from 'node:path';
import type { HeldVersion } from '@go-docker/go-workspace';
import { staleBlockText } from '../../dockerfile/stale-blocks';
import type { Renewal } from '../../renewal/renewal';
import type { WorkspaceRenewal } from '../../renewal/workspace-renewal';

/** One line that says which apps' files are out of date, then what else their user should know. */
export function outOfSyncMessage({ renewals, problems }: WorkspaceRenewal): string {
  const stale = renewals.filter(isStale);
  const blocks = blocksOf(stale).length;
  return [
    `${counted(blocks, 'managed block')} of ${firstOf(stale.map(({ place }) => place))} no longer ${blocks === 1 ? 'fits' : 'fit'} the workspace.`,
    ...stale.flatMap((app) => app.held.map((each) => `${app.place}: ${heldLine(each)}`)),
    ...(problems.length === 0 ? [] : [`The files of ${counted(problems.length, 'app')} cannot be renewed.`]),
  ].join('\n  ');
}

/** The blocks that are out of date, with file and line, by app; then what cannot be renewed. */
export function outOfSyncDetails({ renewals, problems }: WorkspaceRenewal): string[] {
  return [
    ...renewals
      .filter(isStale)
      .flatMap((app) => [app.place, ...blocksOf([app]).map((block) => `  ${block}`)]),
    ...problems.flatMap(({ message }) => ['', ...message.split('\n')]),
  ];
}

/** Every app: what is renewed, and the versions that are held whether anything changed or not; then what cannot be renewed. */
export function report({ renewals, problems }: WorkspaceRenewal): string {
  const lines = [
    ...renewals.flatMap((app) => [
      `${app.place}: ${isStale(app) ? 'out of date' : 'up to date'}`,
      ...[...blocksOf([app]), ...app.held.map(heldLine)].map((line) => `  ${line}`),
    ]),
    ...problems.flatMap(({ message }) => ['', message]),
  ];
  return lines.length === 0 ? 'There is no Dockerfile with managed blocks.' : lines.join('\n');
}

function isStale({ stale }: Renewal): boolean {
  return stale.length > 0;
}

function blocksOf(renewals: readonly Renewal[]): string[] {
  return renewals.flatMap(({ stale }) => stale.map(staleBlockText));
}

function heldLine({ path, without, version, donors }: HeldVersion): string {
  const files = donors.map((dir) => posix.join(dir, 'go.mod')).join(', ');
  return `${path} is kept at ${version}, as the whole workspace links it (${files}); the app's own modules alone would take ${without}`;
}

/** The details name all of them. */
function firstOf(places: readonly string[]): string {
  const shown = places.length > 6 ? [...places.slice(0, 5), `${places.length - 5} others`] : places;
  return shown.join(', ');
}

/** `1 app`, `2 apps` */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
