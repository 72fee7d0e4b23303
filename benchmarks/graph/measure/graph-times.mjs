// How long the graph takes with each plugin: without Nx's caches, again with nothing changed, and with one file changed.
import { median } from '../../report/median.mjs';
import { probe } from '../nx/run.mjs';

const STATES = ['cold', 'warm', 'changed'];
/** A warm graph is quick, and held to little: more of them are made. */
const WARM_GRAPHS = 3;

/**
 * Runs all variants by turns, so that whatever else the machine does meets all of them alike.
 *
 * @param workspace with its plugins installed
 * @param {{ rounds: number, roundsOf?: Record<string, number>, variants: string[], changing: string }} plan
 *   `roundsOf`: fewer rounds for variants that take minutes; `changing`: a Go file
 * @returns for each variant and state the median in `milliseconds`, and in `added` that of the differences to plain Nx
 */
export function graphTimes(workspace, { rounds, roundsOf = {}, variants, changing }) {
  const taken = [];
  for (let round = 0; round < rounds; round++) {
    const now = variants.filter((variant) => round < (roundsOf[variant] ?? rounds));
    taken.push(Object.fromEntries(now.map((variant) => [variant, oneRound(workspace, variant, changing)])));
  }
  const over = (variant, state, base) =>
    median(
      taken
        .filter((round) => round[variant])
        .map((round) => round[variant][state] - (base ? round[base][state] : 0)),
    );
  const times = (variant, base) =>
    Object.fromEntries(STATES.map((state) => [state, over(variant, state, base)]));
  return Object.fromEntries(
    variants.map((variant) => [
      variant,
      { milliseconds: times(variant), added: times(variant, 'plain'), beyondEmpty: times(variant, 'empty') },
    ]),
  );
}

function oneRound(workspace, variant, changing) {
  const showProjects = () => workspace.nx(['show', 'projects']).milliseconds;
  workspace.use(variant);
  workspace.forget();
  const cold = showProjects();
  const warm = median(Array.from({ length: WARM_GRAPHS }, showProjects));
  workspace.edit(changing);
  return { cold, warm, changed: showProjects() };
}

/** @returns for each state the medians of the milliseconds spent in go-docker's own code: see probes/time-in-plugin.cjs */
export function timesInPlugin(workspace, { rounds, changing }) {
  const once = () => probe(workspace.root, 'time-in-plugin.cjs');
  workspace.use('go-docker');
  const taken = Array.from({ length: rounds }, () => {
    workspace.forget();
    const [cold, warm] = [once(), once()];
    workspace.edit(changing);
    return { cold, warm, changed: once() };
  });
  const parts = Object.keys(taken[0].cold);
  const medians = (state) =>
    Object.fromEntries(parts.map((part) => [part, median(taken.map((round) => round[state][part]))]));
  return Object.fromEntries(STATES.map((state) => [state, medians(state)]));
}

/** @returns {{ milliseconds: number, files: number }} of reading all Go files: the median of `rounds` processes */
export function readingTime(workspace, { rounds }) {
  const runs = Array.from({ length: rounds }, () => probe(workspace.root, 'read-go-files.mjs'));
  return { ...runs[0], milliseconds: median(runs.map((run) => run.milliseconds)) };
}
