// Section: what a plugin adds to the time that Nx takes for the graph.
import { graphTimes, readingTime, timesInPlugin } from '../measure/graph-times.mjs';
import { milliseconds } from '../../report/figures.mjs';

const NAMES = {
  empty: 'an empty plugin',
  'go-docker': '**go-docker**',
  'nx-go': '@nx-go/nx-go 4.1.1',
  gonx: '@naxodev/gonx 4.1.1',
};

/**
 * @param workspace set up
 * @param {string} name of the workspace for the page
 * @param {{ rounds: number, roundsOf?: Record<string, number>, changing: string }} plan
 */
export function graphSection(workspace, name, plan) {
  const reading = readingTime(workspace, plan);
  const inPlugin = timesInPlugin(workspace, plan);
  const times = graphTimes(workspace, { ...plan, variants: ['plain', ...Object.keys(NAMES)] });
  return {
    title: `Graph: ${name}`,
    tables: [addedTable(times), inPluginTable(inPlugin)],
    notes: [
      `Reading the same ${reading.files} Go files with synchronous calls takes ${milliseconds(reading.milliseconds)}.`,
    ],
    targets: targets(name, times, reading),
  };
}

function addedTable(times) {
  const row = (name, { cold, warm, changed }) => [name, ...[cold, warm, changed].map(milliseconds)];
  return {
    head: ['`nx show projects`', 'cold', 'warm, nothing changed', 'warm, one file changed'],
    rows: [
      row('Nx without a plugin', times.plain.milliseconds),
      ...Object.entries(NAMES).map(([variant, name]) => row(`added by ${name}`, times[variant].added)),
      row('added by go-docker beyond the empty plugin', times['go-docker'].beyondEmpty),
    ],
  };
}

function inPluginTable(inPlugin) {
  const row = (name, part) => [name, ...Object.values(inPlugin).map((state) => milliseconds(state[part]))];
  return {
    head: ['inside go-docker', 'cold', 'warm, nothing changed', 'warm, one file changed'],
    rows: [
      row('loading the package', 'load'),
      row('`createNodes`', 'createNodes'),
      row('`createDependencies`', 'createDependencies'),
    ],
  };
}

function targets(name, { plain, 'go-docker': ours, 'nx-go': nxGo, gonx }, reading) {
  const cold = ours.added.cold;
  const target = (what, value, limit) => ({ what: `${what} (${name})`, value, limit });
  return [
    target('cold graph: added by go-docker / by @nx-go/nx-go', cold / nxGo.added.cold, 1 / 2),
    target('cold graph: added by go-docker / by @naxodev/gonx', cold / gonx.added.cold, 1 / 30),
    target('cold graph: added by go-docker / reading the Go files', cold / reading.milliseconds, 4),
    target(
      'warm graph: added beyond an empty plugin / Nx’s own time',
      ours.beyondEmpty.warm / plain.milliseconds.warm,
      0.05,
    ),
  ];
}
