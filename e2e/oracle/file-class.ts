import { posix } from 'node:path';
import type { ImageTask } from './nx-side';

/** What a file is by its name and place, in the words of the report. */
export function fileClass(file: string, image: ImageTask, images: readonly ImageTask[]): string {
  const name = posix.basename(file);
  const [, simple] = BY_NAME.find(([pattern]) => pattern.test(name)) ?? [];
  if (simple !== undefined) return `${simple}${ownership(file, image, images)}`;
  if (/^(\.github|docs)\//.test(file)) return 'CI and docs';
  return `other file${ownership(file, image, images)}`;
}

const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/^nx\.json$/, 'nx.json'],
  [/^\.(git|nx)ignore$/, 'ignore file of Nx'],
  [/^package(-lock)?\.json$/, 'npm packages'],
  [/^image-budgets\.json$/, 'budgets'],
  [/^project\.json$/, 'project.json'],
  [/^(renamed_)?go\.(mod|sum)$/, 'go.mod and go.sum'],
  [/^(renamed_)?go\.work(\.sum)?$/, 'go.work'],
  [/^Dockerfile(\.\w+)?$|\.dockerignore$/, 'Dockerfile'],
  [/^(renamed_)?(\.air\.toml|compose\.yaml)$/, 'file of the dev loop'],
  [/_test\.go$/, 'test'],
  [/_(windows|darwin|arm64|other)\.go$/, 'file of a platform'],
  [/\.go$/, 'Go source'],
  [/^README/, 'README'],
];

function ownership(file: string, image: ImageTask, images: readonly ImageTask[]): string {
  const owner = images
    .filter(({ root }) => root === '.' || file.startsWith(`${root}/`))
    .sort((a, b) => b.root.length - a.root.length)[0];
  if (owner === undefined) return ' of the workspace';
  return owner.project === image.project ? ' of the app' : ' of another app';
}
