import { posix } from 'node:path';
import type { WorkspacePath } from '@go-docker/go-workspace';

interface SetUpApp {
  /** Name of its project. */
  readonly name: string;
  readonly root: WorkspacePath;
}

/**
 * What `setup` did, one line for each app, and the command that comes next.
 *
 * @param written Every file that changed.
 * @param image Name of the target that builds an image; false where the plugin's options turn it off.
 */
export function summary(
  apps: readonly SetUpApp[],
  written: readonly WorkspacePath[],
  image: string | false,
): string {
  const ofApps = new Map(apps.map((app) => [app, written.filter((file) => isOf(app, file))]));
  const shared = written.filter((file) => ![...ofApps.values()].some((files) => files.includes(file)));
  const rows = [...ofApps].map(([{ name, root }, files]) => [
    name === root ? name : `${name} (${root})`,
    files.map((file) => posix.relative(root, file)).join(', ') || 'nothing to change',
  ]);
  if (shared.length > 0) rows.push(['workspace', shared.join(', ')]);
  const width = Math.max(...rows.map(([what = '']) => what.length));
  const lines = rows.map(([what = '', files]) => `  ${what.padEnd(width)}  ${files}`);
  const isNew = written.some((file) => posix.basename(file) === 'Dockerfile');
  return ['', ...lines, ...nextSteps(apps, image), ...(isNew ? [PINNING] : [])].join('\n');
}

/** No registry is asked here: `setup` works offline and at once. */
const PINNING = 'Digests for the base images: nx g go-docker:update-bases, now and every few weeks';

const OF_AN_APP = new Set([
  'Dockerfile',
  'Dockerfile.dockerignore',
  'compose.yaml',
  'compose.dev.yaml',
  '.air.toml',
  'project.json',
]);

function isOf({ root }: SetUpApp, file: WorkspacePath): boolean {
  return posix.dirname(file) === root && OF_AN_APP.has(posix.basename(file));
}

function nextSteps(apps: readonly SetUpApp[], image: string | false): string[] {
  const [first] = apps;
  if (image === false || first === undefined) return [];
  const all = apps.length > 1 ? `, or all of them: nx run-many -t ${image}` : '';
  return ['', `Next: nx run ${first.name}:${image}${all}`];
}
