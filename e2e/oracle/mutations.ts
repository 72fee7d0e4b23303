import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { Workspace } from '../workspace/workspace';

/** One change of a workspace that can be undone. */
export interface Mutation {
  readonly kind: 'edit' | 'leave out' | 'add' | 'delete' | 'rename';
  readonly file: string;
  /** Content by path; undefined where the file goes. */
  readonly changes: Readonly<Record<string, string | Buffer | undefined>>;
}

/** A changed content for every file, its end or that it is left out, another name for it; and new files of every sort wherever they can matter. */
export function mutations(workspace: Workspace, files: readonly string[]): Mutation[] {
  const texts = files.filter((file) => !KEPT.test(file));
  return [
    ...texts.map((file) => edited(workspace, file)),
    ...texts
      .filter((file) => file.endsWith('.go') && !workspace.read(file).includes('//go:build'))
      .map((file) => leftOut(workspace, file)),
    ...texts
      .filter((file) => !NEEDED.test(file))
      .flatMap((file) => [deleted(file), renamed(workspace, file)]),
    ...additions(workspace, files),
  ];
}

/** Nx and npm read them whatever the test does; nx.json is in every hash. */
const KEPT = /(^|\/)package-lock\.json$/;

/** Without them there is no workspace, or no Dockerfile that a target could be inferred from. */
const NEEDED =
  /(^|\/)(nx\.json|package\.json|project\.json|\.gitignore|Dockerfile|Dockerfile\.dockerignore)$/;

function edited(workspace: Workspace, file: string): Mutation {
  const content = readFileSync(workspace.path(file));
  return { kind: 'edit', file, changes: { [file]: Buffer.concat([content, Buffer.from(remark(file))]) } };
}

/** Something that leaves a file what it is. */
function remark(file: string): string {
  if (/\.json$|\/modules\.txt$/.test(file)) return '\n';
  if (/\.(go|c|h|s|cc)$|(^|\/)go\.(mod|work)$/.test(file)) return '\n// Reviewed.\n';
  return /(^|\/)go(\.work)?\.sum$/.test(file) ? '\n' : '\n# Reviewed.\n';
}

/** By what it says from now on: it is as it was before but for that. */
function leftOut(workspace: Workspace, file: string): Mutation {
  const text = `//go:build ignore\n\n${workspace.read(file)}`;
  return { kind: 'leave out', file, changes: { [file]: text } };
}

function deleted(file: string): Mutation {
  return { kind: 'delete', file, changes: { [file]: undefined } };
}

/** In front, because the end of a Go file's name says what it is for. */
function renamed(workspace: Workspace, file: string): Mutation {
  const to = posix.join(posix.dirname(file), `renamed_${posix.basename(file)}`);
  return { kind: 'rename', file, changes: { [file]: undefined, [to]: readFileSync(workspace.path(file)) } };
}

function additions(workspace: Workspace, files: readonly string[]): Mutation[] {
  const added = (file: string, text: string): Mutation => ({ kind: 'add', file, changes: { [file]: text } });
  const folders = new Map<string, string>();
  for (const file of files.filter((each) => each.endsWith('.go') && !each.endsWith('_test.go'))) {
    const [, name] = /^package (\w+)/m.exec(workspace.read(file)) ?? [];
    if (name !== undefined) folders.set(posix.dirname(file), name);
  }
  const others = new Set(files.filter((file) => !file.endsWith('.go')).map((file) => posix.dirname(file)));
  return [
    ...[...folders].flatMap(([dir, name]) =>
      Object.entries({
        'added.go': `package ${name}\n`,
        'added_arm64.go': `package ${name}\n`,
        // Of an architecture that no image is built for.
        'added_386.go': `package ${name}\n`,
        'added_windows.go': `package ${name}\n`,
        'added_test.go': `package ${name}\n`,
        'README.added.md': '# Added\n',
        'added/added.go': 'package added\n',
        // It takes the package out of the module that it was in.
        'go.mod': 'module example.com/added\n\ngo 1.26.0\n',
      })
        .filter(([file]) => !files.includes(posix.join(dir, file)))
        .map(([file, text]) => added(posix.join(dir, file), text)),
    ),
    ...[...others].map((dir) => added(posix.join(dir, 'added.txt'), 'added\n')),
    ...['go.work', 'go.work.sum']
      .filter((file) => !files.includes(file))
      .map((file) => added(file, file === 'go.work' ? 'go 1.26.0\n\nuse .\n' : '')),
    ...['docs/added.md', '.github/workflows/added.yml', 'added/main.go'].map((file) =>
      added(file, file.endsWith('.go') ? 'package main\n\nfunc main() {}\n' : '# Added\n'),
    ),
  ];
}
