// Makes the graph once, as Nx does, and prints the milliseconds spent in go-docker's own code.
const { observePlugin, ofWorkspace } = require('./plugin-calls.cjs');

const { seen } = observePlugin();
ofWorkspace('@nx/devkit')
  .createProjectGraphAsync()
  .then(() => console.log(JSON.stringify(seen.milliseconds)));
