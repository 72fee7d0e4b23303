import { posix } from 'node:path';
import type { Bytes } from '../images/image-json';
import type { MeasuredFile } from '../measuring/measured-image';

/** Files of an image that one line of an ignore file would have held back. */
export interface HeldBack {
  /** As an ignore file has it: `**\/*.md`; FOLDER stands for the one that was copied. (https://docs.docker.com/build/concepts/context/#syntax) */
  readonly line: string;
  readonly count: number;
  readonly bytes: Bytes;
  /** The path of the largest. */
  readonly example: string;
}

/**
 * What came into an image with a folder, and is of use to those who work on it alone: a repository, sources, tests, notes. What a
 * program may well read, such as a template, is not among it, however large.
 *
 * @param files Of the layers that the Dockerfile added.
 * @returns The most bytes first; secrets before all else.
 */
export function heldBack(files: readonly MeasuredFile[]): readonly HeldBack[] {
  const found = new Map<Rule, MeasuredFile[]>();
  for (const file of files) {
    const mayBeCopied = !file.isProgram && !INSTALLED.test(file.path);
    const rule = mayBeCopied ? RULES.find(({ holds }) => holds(file.path)) : undefined;
    if (rule) found.set(rule, [...(found.get(rule) ?? []), file]);
  }
  return [...found]
    .map(([rule, members]) => [rule, told(rule, members)] as const)
    .filter(([{ isSecret }, { bytes }]) => isSecret || bytes >= LEAST_BYTES)
    .sort(([a, one], [b, other]) => Number(b.isSecret) - Number(a.isSecret) || other.bytes - one.bytes)
    .map(([, each]) => each);
}

/** Where package managers, npm and Go put what a RUN asks them for: no ignore file holds that back. */
const INSTALLED =
  /^\/(usr\/(local\/)?(lib(64|exec)?|share|go)|lib(64)?|var\/(lib|cache)|go\/pkg|root\/\.(cache|npm))\//;

/** Less is not worth a line. */
const LEAST_BYTES = 10e3;

interface Rule {
  readonly line: string;
  readonly isSecret: boolean;
  readonly holds: (path: string) => boolean;
}

const below = (folder: string): Rule => ({
  line: `**/${folder}`,
  isSecret: false,
  holds: (path) => path.split('/').slice(0, -1).includes(folder),
});
const named = (line: string, name: RegExp): Rule => ({
  line: `**/${line}`,
  isSecret: false,
  holds: (path) => name.test(posix.basename(path)),
});
/** One file lets in for all stages, and what `builder` compiles and `test` tests has such files: only those of the folder that was copied may go. */
const copied = (rule: Rule): Rule => ({ ...rule, line: `FOLDER/${rule.line}` });

/** The first that holds a file counts it. */
const RULES: readonly Rule[] = [
  below('.git'),
  below('node_modules'),
  { ...named('.env*', /^\.env(\.|$)/), isSecret: true },
  copied(below('testdata')),
  copied(named('*_test.go', /_test\.go$/)),
  copied(named('*.go', /\.go$/)),
  copied(named('go.*', /^go\.(mod|sum|work|work\.sum)$/)),
  named('*Dockerfile*', /^(Dockerfile.*|.*\.Dockerfile|.*\.dockerignore)$/),
  named('*.md', /\.md$/i),
  named('.DS_Store', /^\.DS_Store$/),
];

function told({ line }: Rule, files: readonly MeasuredFile[]): HeldBack {
  const [largest] = [...files].sort((a, b) => b.bytes - a.bytes);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { line, count: files.length, bytes, example: largest?.path ?? '' };
}
