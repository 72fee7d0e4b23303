// The installed go-docker, with every call of Nx into it observed. Nx is told to load it into this process.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { performance } = require('node:perf_hooks');

process.env.NX_ISOLATE_PLUGINS = 'false';
const ofWorkspace = createRequire(join(process.cwd(), 'package.json'));

/**
 * Puts a stand-in for go-docker into the cache of `require`, where Nx finds it.
 *
 * @returns what was called last with which arguments, and the milliseconds spent in all calls and in loading the package
 */
function observePlugin() {
  const began = performance.now();
  const plugin = ofWorkspace('go-docker');
  const seen = {
    milliseconds: { load: performance.now() - began, createNodes: 0, createDependencies: 0 },
    calls: {},
  };
  const observed =
    (name, call) =>
    async (...args) => {
      const start = performance.now();
      try {
        return await call(...args);
      } finally {
        seen.milliseconds[name] += performance.now() - start;
        seen.calls[name] = args;
      }
    };
  const [pattern, call] = plugin.createNodes;
  const createNodes = [pattern, observed('createNodes', call)];
  const { createDependencies } = plugin;
  require.cache[ofWorkspace.resolve('go-docker')].exports = {
    createNodes,
    createNodesV2: createNodes,
    // Nx asks a plugin without it for nothing.
    ...(createDependencies && { createDependencies: observed('createDependencies', createDependencies) }),
  };
  return { plugin, seen };
}

module.exports = { observePlugin, ofWorkspace };
