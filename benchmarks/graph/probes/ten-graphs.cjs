// Calls go-docker for ten graphs in one process, as the Nx daemon does, with the file that is the argument changed before each,
// and prints the memory after two and after ten. Needs --expose-gc.
const { appendFileSync } = require('node:fs');
const { observePlugin, ofWorkspace } = require('./plugin-calls.cjs');

async function main() {
  const { plugin, seen } = observePlugin();
  await ofWorkspace('@nx/devkit').createProjectGraphAsync();
  const after = {};
  for (let graph = 1; graph <= 10; graph++) {
    appendFileSync(process.argv[2], `\n// Graph ${graph}.\n`);
    await plugin.createNodes[1](...seen.calls.createNodes);
    if (seen.calls.createDependencies) await plugin.createDependencies(...seen.calls.createDependencies);
    if (graph === 2 || graph === 10) after[graph] = memory();
  }
  console.log(JSON.stringify(after));
}

function memory() {
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapUsed, rss };
}

main();
