import { GoDockerError } from '../errors';

/** One mistake in a file. */
export interface Problem {
  /** Counted from 1. */
  readonly line: number;
  /** A sentence without a full stop that says what to write instead. */
  readonly text: string;
}

/** All mistakes of a file in one error, in the order of their lines. */
export function problemsError(file: string, problems: readonly Problem[]): GoDockerError {
  const sorted = [...problems].sort((a, b) => a.line - b.line);
  const [first, ...rest] = sorted;
  if (first && rest.length === 0)
    return new GoDockerError(first.text, { location: { file, line: first.line } });
  return new GoDockerError(`${sorted.length} mistakes`, {
    location: { file },
    output: sorted.map(({ line, text }) => `  ${file}:${line}: ${text}`).join('\n'),
  });
}

const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ');
const didYouMean = (name: string | undefined) => name && `did you mean ${JSON.stringify(name)}?`;

/** What a person reads about a mistake in the budget file. */
export const PROBLEMS = {
  notAnObject: (shown: string) =>
    `a budget file is an object, not ${shown}: write { "default": { "unpacked": "25 MB" } }`,

  unknownKey: (key: string, known: readonly string[], close: string | undefined) =>
    `unknown key ${JSON.stringify(key)}: ${didYouMean(close) ?? `the keys here are ${quoted(known)}`}`,

  duplicateKey: (key: string, firstLine: number) =>
    `${JSON.stringify(key)} is already on line ${firstLine}: keep one of them`,

  notABudget: (key: string, shown: string) =>
    `the budget of ${JSON.stringify(key)} is ${shown}: write a size, such as "15 MB", or an object, such as { "unpacked": "15 MB", "compressed": "6 MB" }`,

  notProjects: (shown: string) =>
    `"projects" is ${shown}: write an object of names, such as { "api": { "unpacked": "15 MB" } }`,

  notInSum: (kind: string) =>
    `${JSON.stringify(kind)} has no sum: write it in "default", where it holds for every image, or for projects`,

  notACount: (shown: string) =>
    `the number of layers is ${shown}: write a whole number above zero, such as 8`,

  notAGrowth: (shown: string) =>
    `the growth is ${shown}: write a share or a size, such as "5%" or "200 kB", or an object, such as { "unpacked": "5%", "floor": "100 kB" }`,

  emptyBudget: (key: string) =>
    `the budget of ${JSON.stringify(key)} names no limit: write one, such as { "unpacked": "15 MB" }, or take the entry out`,

  emptyGrowth: () => 'the growth names no limit: write one, such as { "unpacked": "5%" }, or take it out',

  floorAlone: () => 'the growth has a floor and no limit: add one, such as "unpacked": "5%"',

  noSuchProject: (name: string, close: string | undefined) =>
    `a budget for ${JSON.stringify(name)}, and there is no such project: ${didYouMean(close) ?? 'correct the name or take the entry out'}`,

  projectWithoutImage: (name: string) =>
    `a budget for ${JSON.stringify(name)}, which has no image: take the entry out, or run nx g go-docker:setup ${name}`,

  unusedTag: (key: string, close: string | undefined) =>
    `a budget for ${JSON.stringify(key)}, and no project with an image has such a tag: ${didYouMean(close) ?? 'correct the tag or take the entry out'}`,

  unusedPattern: (key: string) =>
    `a budget for ${JSON.stringify(key)}, and no project with an image has such a name: correct the pattern or take the entry out`,
} as const;
