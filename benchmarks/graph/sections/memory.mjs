// Section: whether a process that makes many graphs, as the Nx daemon does, grows.
import { median } from '../../report/median.mjs';
import { probe } from '../nx/run.mjs';
import { megabytes, ratio } from '../../report/figures.mjs';

/** @param {{ rounds: number, changing: string }} plan */
export function memorySection(workspace, name, { rounds, changing }) {
  workspace.use('go-docker');
  const runs = Array.from({ length: rounds }, () =>
    probe(workspace.root, 'ten-graphs.cjs', [changing], ['--expose-gc']),
  );
  const rows = Object.entries({ heapUsed: 'heap in use', rss: 'resident memory' }).map(([key, what]) => {
    const [two, ten] = [2, 10].map((graphs) => median(runs.map((run) => run[graphs][key])));
    return { what, two, ten, value: ten / two };
  });
  return {
    title: `Memory: ${name}`,
    tables: [
      {
        head: ['after garbage collection', 'two graphs', 'ten graphs', 'ratio'],
        rows: rows.map(({ what, two, ten, value }) => [what, megabytes(two), megabytes(ten), ratio(value)]),
      },
    ],
    notes: [],
    targets: rows.map(({ what, value }) => ({ what: `${what}: ten graphs / two`, value, limit: 1.1 })),
  };
}
