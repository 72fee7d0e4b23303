// The times of all contenders as a section: tables, ratios, targets.
import { milliseconds, ratio } from '../report/figures.mjs';
import { median } from '../report/median.mjs';
import { usesNx } from './contenders.mjs';

/** Contender, what it is held to, at most how many times its time; both less Nx's own start. */
const TARGETS = [
  ['native, batch', 'go build', 1.2],
  ['native, batch', 'ko', 1],
  ['native, batch', 'docker buildx build', 1 / 4],
  ['docker', 'docker buildx build', 1.1],
  ['docker, batch', 'docker buildx bake', 1],
];

/**
 * @param {Map<string, Map<string, number[]>>} times scenario → contender → milliseconds of each round
 * @param {number[]} starts of Nx, for as many tasks that do nothing
 * @param {{ count: number, missing: readonly string[] }} what
 */
export function imageSection(times, starts, { count, missing }) {
  const start = median(starts);
  const own = (scenario, name) => {
    const rounds = times.get(scenario)?.get(name);
    return rounds && Math.max(0, median(rounds) - (usesNx(name) ? start : 0));
  };
  const scenarios = [...times.keys()];
  const names = [...(times.get(scenarios[0]) ?? new Map()).keys()];
  const limit = (scenario) => own(scenario, 'go build');
  return {
    title: `${count} apps on a shared library`,
    tables: [
      {
        head: ['all images, whole command', ...scenarios],
        rows: names.map((name) => [
          name,
          ...scenarios.map((each) => milliseconds(median(times.get(each).get(name)))),
        ]),
      },
      {
        head: ['less Nx’s own start, × `go build`', ...scenarios],
        rows: names.map((name) => [name, ...scenarios.map((each) => ratio(own(each, name) / limit(each)))]),
      },
    ],
    notes: [
      `Nx itself takes ${milliseconds(start)} for as many tasks that do nothing. \`native\` and \`docker\` are the targets of go-docker, each alone (\`docker\` one after the other, ` +
        'as the bare command) and as a batch; `go build` makes the programs alone, with one command, and is the limit. All images stand on scratch, those of ko on an image with nothing in it.',
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
