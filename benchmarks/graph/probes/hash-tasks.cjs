// Makes the graph and hashes all tasks `image`, as `nx run-many -t image` does before it runs the first one, with the
// hasher of the workspace's own Nx. That command itself would also copy 200 results out of the cache.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { performance } = require('node:perf_hooks');

const ofWorkspace = createRequire(join(process.cwd(), 'package.json'));
const { createProjectGraphAsync } = ofWorkspace('@nx/devkit');
const ofNx = (file) => require(join(process.cwd(), 'node_modules/nx/dist/src', file));

async function main() {
  const began = performance.now();
  const graph = await createProjectGraphAsync({ exitOnError: true });
  const made = performance.now();
  const { createTaskGraph } = ofNx('tasks-runner/create-task-graph.js');
  const { createTaskHasher } = ofNx('hasher/create-task-hasher.js');
  const { getTaskDetails, hashTasks } = ofNx('hasher/hash-task.js');
  const projects = Object.keys(graph.nodes).filter((name) => graph.nodes[name].data.targets?.image);
  const tasks = createTaskGraph(graph, {}, projects, ['image'], undefined, {}, true);
  const environments = Object.fromEntries(Object.keys(tasks.tasks).map((id) => [id, process.env]));
  const nxJson = JSON.parse(readFileSync('nx.json', 'utf8'));
  await hashTasks(createTaskHasher(graph, nxJson), graph, tasks, environments, getTaskDetails());
  const hashed = Object.values(tasks.tasks).filter(({ hash }) => hash).length;
  console.log(JSON.stringify({ graph: made - began, hashing: performance.now() - made, tasks: hashed }));
  // The plugins' processes would keep this one alive.
  process.exit(0);
}

main();
