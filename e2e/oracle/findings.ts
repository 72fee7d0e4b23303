import type { Observation } from './observe';

/** What one side of Nx was wrong about, by class of change. */
export interface Findings {
  /** Classes of changes that reach the image and were not seen, sorted: defects, all of them. */
  readonly holes: readonly string[];
  /** Classes of files that were taken for a part of the image and are none, sorted. */
  readonly imprecise: readonly string[];
}

export type Side = 'hash' | 'affected';

/** What one side of Nx says, held against what Go says. */
export function findings(observations: readonly Observation[], side: Side): Findings {
  const answered = observations.filter((each) => said(each, side) !== undefined);
  return {
    holes: [...new Set(answered.filter((each) => isHole(each, side)).map(classOf))].sort(),
    imprecise: [...new Set(answered.filter((each) => isImprecise(each, side)).map(classOf))].sort(),
  };
}

/** A table for the person who reads that a test has failed. */
export function table(observations: readonly Observation[]): string {
  const classes = [...new Set(observations.map(classOf))].sort();
  const lines = classes.map((name) => {
    const own = observations.filter((each) => classOf(each) === name);
    return [
      name,
      String(own.length),
      ...(['hash', 'affected'] as const).flatMap((side) => scores(own, side)),
    ];
  });
  const header = ['change', 'seen', 'hash: sound', 'precise', 'affected: sound', 'precise'];
  const all = [header, ...lines, ['all', String(observations.length), ...totals(observations)]];
  const widths = header.map((_, column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  const rows = all.map((line) => line.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  '));
  return [...rows, ...observations.flatMap(unseen)].join('\n');
}

function unseen(each: Observation): string[] {
  const sides = (['hash', 'affected'] as const).filter((side) => isHole(each, side));
  return sides.map((side) => `not seen by ${side}: ${each.kind} ${each.file}, of ${each.project}`);
}

/** What one side takes for a change of these classes, and is none. */
export function takenWrongly(
  observations: readonly Observation[],
  side: Side,
  classes: readonly string[],
): string[] {
  return observations
    .filter((each) => isImprecise(each, side) && classes.includes(classOf(each)))
    .map(({ kind, file, project }) => `taken by ${side}: ${kind} ${file}, of ${project}`);
}

const totals = (all: readonly Observation[]): string[] => [
  ...scores(all, 'hash'),
  ...scores(all, 'affected'),
];

function scores(own: readonly Observation[], side: Side): string[] {
  const reaching = own.filter((each) => expected(each, side) === true && said(each, side) !== undefined);
  const others = own.filter((each) => expected(each, side) === false && said(each, side) !== undefined);
  return [
    `${reaching.filter((each) => said(each, side)).length}/${reaching.length}`,
    `${others.filter((each) => !said(each, side)).length}/${others.length}`,
  ];
}

const said = (each: Observation, side: Side): boolean | undefined =>
  side === 'hash' ? each.hashChanges : each.isAffected;

const expected = (each: Observation, side: Side): boolean | undefined =>
  side === 'hash' ? each.reaches : each.concerns;

const isHole = (each: Observation, side: Side): boolean =>
  expected(each, side) === true && said(each, side) === false;

const isImprecise = (each: Observation, side: Side): boolean =>
  expected(each, side) === false && said(each, side) === true;

const classOf = ({ kind, fileClass }: Observation): string => `${kind} ${fileClass}`;
