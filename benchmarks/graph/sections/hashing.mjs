// Section: hashing and `nx affected`, against a workspace whose inputs are written by hand.
import { median } from '../../report/median.mjs';
import { probe } from '../nx/run.mjs';
import { milliseconds, ratio } from '../../report/figures.mjs';

/**
 * Takes both workspaces by turns. The graph is warm.
 *
 * @param {{ ours: object, byHand: object }} workspaces on the same Nx, with the same Go files
 * @param {string} version of Nx
 * @param {{ rounds: number, changed: string[] }} plan `changed`: files that count as changed, all of them and the first alone
 */
export function hashingSection({ ours, byHand }, version, plan) {
  ours.use('go-docker');
  byHand.use('plain');
  const rounds = Array.from({ length: plan.rounds }, () =>
    [ours, byHand].map((each) => oneRound(each, plan)),
  );
  const rows = Object.keys(rounds[0][0]).map((what) => {
    const [own, hand] = [0, 1].map((at) => median(rounds.map((round) => round[at][what])));
    return { what, own, hand, value: own / hand };
  });
  return {
    title: `Hashing and affected: one module, 200 apps, 10,000 files, Nx ${version}`,
    tables: [
      {
        head: ['', 'go-docker', 'by hand', 'ratio'],
        rows: rows.map(({ what, own, hand, value }) => [
          what,
          milliseconds(own),
          milliseconds(hand),
          ratio(value),
        ]),
      },
    ],
    notes: ['By hand, an image hashes all files of its own project, and of no other.'],
    // The graph has targets of its own.
    targets: rows
      .filter(({ what }) => what !== MAKING)
      .map(({ what, value }) => ({ what: `${what}, Nx ${version}`, value, limit: 1.3 })),
  };
}

const MAKING = 'making the graph (warm)';

function oneRound(workspace, { changed }) {
  const { graph, hashing } = probe(workspace.root, 'hash-tasks.cjs');
  const affected = (files) =>
    workspace.nx(['affected', '-t', 'image', `--files=${files.join(',')}`, '--graph=dist/affected.json'])
      .milliseconds;
  return {
    [MAKING]: graph,
    'hashing 200 images': hashing,
    '`nx affected`, 1 file': affected(changed.slice(0, 1)),
    [`\`nx affected\`, ${changed.length} files`]: affected(changed),
  };
}
