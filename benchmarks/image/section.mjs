// The times of all contenders as a section: tables, ratios, targets.
import { milliseconds, ratio } from '../report/figures.mjs';
import { median } from '../report/median.mjs';

/** Contender, what it is held to, at most how many times its time; both less Nx's own start. */
const TARGETS = [
  ['native, batch', 'go build', 1.2],
  ['native, batch', 'ko', 1],
  ['native, batch', 'docker buildx build', 1 / 4],
  ['docker', 'docker buildx build', 1.1],
  ['docker, batch', 'docker buildx bake', 1],
];

/** Where all tasks come from Nx's cache. */
export const UNCHANGED = 'nothing changed';

/**
 * @param {Map<string, Map<string, number[]>>} times scenario → contender → milliseconds of each round
 * @param {Map<string, { working: number, idle: number }[]>} starts contender → milliseconds that Nx itself takes in each round; 0 without Nx
 * @param {{ count: number, missing: readonly string[] }} what
 */
export function imageSection(times, starts, { count, missing }) {
  const start = (name, scenario) =>
    median(starts.get(name).map((round) => round[scenario === UNCHANGED ? 'idle' : 'working']));
  const own = (scenario, name) => {
    const rounds = times.get(scenario)?.get(name);
    return rounds && Math.max(0, median(rounds) - start(name, scenario));
  };
  const scenarios = [...times.keys()];
  const names = [...(times.get(scenarios[0]) ?? new Map()).keys()];
  const limit = (scenario) => own(scenario, 'go build');
  return {
    title: `${count} apps on a shared library`,
    tables: [
      {
        head: ['all images, whole command', ...scenarios, 'Nx’s own start', 'where nothing runs'],
        rows: names.map((name) => [
          name,
          ...scenarios.map((each) => milliseconds(median(times.get(each).get(name)))),
          ...[start(name), start(name, UNCHANGED)].map((each) => (each === 0 ? 'none' : milliseconds(each))),
        ]),
      },
      {
        head: ['less Nx’s own start, × `go build`', ...scenarios],
        rows: names.map((name) => [name, ...scenarios.map((each) => ratio(own(each, name) / limit(each)))]),
      },
    ],
    notes: [
      'Nx’s own start is what it takes for as many tasks whose executor does nothing, run the same way: a process for each, or one for a batch; where nothing has changed, none. ' +
        '`native` and `docker` are the targets of go-docker, each alone (`docker` one after the other, as the bare command) and as a batch; ' +
        '`go build` makes the programs alone, with one command, and is the limit. All images stand on scratch, those of ko on an image with nothing in it.',
      ...(missing.length > 0 ? [`Not measured: ${missing.join('; ')}.`] : []),
    ],
    targets: TARGETS.flatMap(([name, other, most]) =>
      scenarios.flatMap((scenario) => {
        const [value, against] = [own(scenario, name), own(scenario, other)];
        return value === undefined || against === undefined
          ? []
          : [{ what: `${name} / ${other}, ${scenario}`, value: value / against, limit: most }];
      }),
    ),
  };
}
