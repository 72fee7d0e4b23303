import { posix } from 'node:path';
import type { HeldVersion } from '@go-docker/go-workspace';
import { staleBlockText } from '../../dockerfile/stale-blocks';
import type { AppRenewal } from '../../renewal/app-renewal';
import type { WorkspaceRenewal } from '../../renewal/workspace-renewal';

/** One line that says which apps' files are out of date, then what else their user should know. */
export function outOfSyncMessage({ apps, problems }: WorkspaceRenewal): string {
  const stale = apps.filter(isStale);
  const blocks = blocksOf(stale).length;
  return [
    `${counted(blocks, 'managed block')} of ${firstOf(stale.map(placeOf))} no longer ${blocks === 1 ? 'fits' : 'fit'} the workspace.`,
    ...stale.flatMap(heldLines),
    ...(problems.length === 0 ? [] : [`The files of ${counted(problems.length, 'app')} cannot be renewed.`]),
  ].join('\n  ');
}

/** The blocks that are out of date, with file and line, by app; then what cannot be renewed. */
export function outOfSyncDetails({ apps, problems }: WorkspaceRenewal): string[] {
  return [
    ...apps.filter(isStale).flatMap((app) => [placeOf(app), ...blocksOf([app]).map((block) => `  ${block}`)]),
    ...problems.flatMap(({ message }) => ['', ...message.split('\n')]),
  ];
}

/** What was renewed, app by app, and the versions that are held whether anything changed or not. */
export function report({ apps }: WorkspaceRenewal): string {
  if (apps.length === 0) return 'There is no Dockerfile with managed blocks.';
  return apps
    .flatMap((app) => [
      `${placeOf(app)}: ${isStale(app) ? 'out of date' : 'up to date'}`,
      ...[...blocksOf([app]), ...heldLines(app)].map((line) => `  ${line}`),
    ])
    .join('\n');
}

function isStale({ stale }: AppRenewal): boolean {
  return stale.length > 0;
}

function blocksOf(apps: readonly AppRenewal[]): string[] {
  return apps.flatMap(({ stale }) => stale.map(staleBlockText));
}

/** The app's folder; where its Dockerfile has a name of its own, the Dockerfile. */
function placeOf({ dockerfile }: AppRenewal): string {
  return posix.basename(dockerfile) === 'Dockerfile' && dockerfile !== 'Dockerfile'
    ? posix.dirname(dockerfile)
    : dockerfile;
}

function heldLines({ dockerfile, held }: AppRenewal): string[] {
  return held.map((each) => `${posix.dirname(dockerfile)}: ${heldLine(each)}`);
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

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
