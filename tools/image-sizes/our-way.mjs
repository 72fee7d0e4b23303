import { imageKey, passes } from './rows.mjs';

/**
 * Builds every image of the rows with go-docker, in a workspace that holds the apps of benchmarks/image-sizes.
 *
 * @param {{ nx: (...args: string[]) => unknown, take: (app: string, key: string) => unknown }} workspace `nx` runs Nx
 *   and fails where Nx does; `take` is called while `dist/images/<app>` and the app's Dockerfile are those of the key
 */
export async function buildOurWay({ nx, take }) {
  await nx('g', 'go-docker:init', '--no-interactive');
  for (const { project, runner, options, apps } of passes()) {
    const about = project ? [project] : [];
    await nx(
      'g',
      'go-docker:setup',
      ...about,
      `--runner=${runner}`,
      ...options,
      '--force',
      '--no-interactive',
    );
    await nx('run-many', '-t', 'image', `--projects=${apps.join(',')}`);
    for (const app of apps) await take(app, imageKey(app, { runner, options }));
  }
}
