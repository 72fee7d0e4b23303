import { parseGoWork } from '@go-docker/go-workspace';

type GoWork = ReturnType<typeof parseGoWork>;

/**
 * One go.work for the modules of several.
 *
 * @returns undefined where they say different things of Go itself, or replace one module in different ways.
 */
export function joinedWorkFiles(texts: readonly string[]): string | undefined {
  const files = texts.map((text) => parseGoWork(text, 'go.work'));
  const [heads, uses] = [
    files.map(headOf),
    files.flatMap(({ use }) => use.map(({ directory }) => directory)),
  ];
  const [head = '', ...others] = heads;
  if (others.some((each) => each !== head)) return undefined;
  const replaced = new Map<string, string>();
  for (const { path, version, replacement } of files.flatMap(({ replace }) => replace)) {
    const what = version === undefined ? quoted(path) : `${quoted(path)} ${version}`;
    const target =
      'directory' in replacement
        ? quoted(replacement.directory)
        : `${quoted(replacement.path)} ${replacement.version}`;
    if ((replaced.get(what) ?? target) !== target) return undefined;
    replaced.set(what, target);
  }
  const replaces = [...replaced].map(([what, target]) => `replace ${what} => ${target}`);
  return [head, ...[...new Set(uses)].map((directory) => `use ${quoted(directory)}`), ...replaces, ''].join(
    '\n',
  );
}

function headOf({ go, toolchain, godebug }: GoWork): string {
  return [
    ...(go === undefined ? [] : [`go ${go}`]),
    ...(toolchain === undefined ? [] : [`toolchain ${toolchain}`]),
    ...godebug.map(({ key, value }) => `godebug ${key}=${value}`),
  ].join('\n');
}

function quoted(word: string): string {
  return JSON.stringify(word);
}
