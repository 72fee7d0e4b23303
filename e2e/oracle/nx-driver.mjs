import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Runs in a workspace of its own process and answers, with the workspace's own Nx, one question at a time: what are the hashes of
 * all `image` tasks now, and which of them does `nx affected` name for these files?
 *
 * Nx has no public interface to its hasher. These are the calls that `nx run-many` and `nx affected` make without the daemon. What
 * `image` hashes of `image-modules` is made here as Nx would: from a cache where its own hash was seen before, else by running it.
 */
const root = process.cwd();
const fromWorkspace = createRequire(join(root, 'package.json'));
const nx = fromWorkspace('nx/package.json');
const sources = ['dist/src', 'src'].map((dir) => join(root, 'node_modules/nx', dir)).find(existsSync);
const internal = (path) => fromWorkspace(join(sources, path));

const { readNxJson } = internal('config/nx-json.js');
const { buildProjectGraphAndSourceMapsWithoutDaemon, readProjectsConfigurationFromProjectGraph } = internal(
  'project-graph/project-graph.js',
);
const { runExecutor } = internal('command-line/run/run.js');
const { resetWorkspaceContext } = internal('utils/workspace-context.js');
const { createTaskGraph } = internal('tasks-runner/create-task-graph.js');
const { createTaskHasher } = internal('hasher/create-task-hasher.js');
const { hashTask } = internal('hasher/hash-task.js');
const { calculateFileChanges } = internal('project-graph/file-utils.js');
const { filterAffected } = internal('project-graph/affected/affected-project-graph.js');
const { workspaceDataDirectory } = internal('utils/cache-directory.js');

const TARGET = 'image';
const MODULES = 'image-modules';

/** What `image-modules` has written, by its hash. */
const written = new Map();

process.on('message', async ({ files }) => {
  try {
    process.send({ answer: await answer(files) });
  } catch (error) {
    process.send({ problem: error.stack ?? String(error) });
  }
});

async function answer(files) {
  forgetFiles();
  const nxJson = readNxJson(root);
  const { projectGraph } = await buildProjectGraphAndSourceMapsWithoutDaemon();
  const images = Object.values(projectGraph.nodes).filter(({ data }) => data.targets?.[TARGET] !== undefined);
  const names = images.map(({ name }) => name);
  const hashes = await hashesOf(projectGraph, nxJson, names);
  const affected = files.length === 0 ? [] : await affectedBy(projectGraph, nxJson, files);
  return {
    images: images.map(({ name, data }) => ({
      project: name,
      root: data.root,
      dockerfile: data.targets[TARGET].options.dockerfile,
      hash: hashes.get(name),
      isAffected: affected.includes(name),
    })),
    projects: Object.values(projectGraph.nodes).map(({ data }) => data.root),
  };
}

/** Nx keeps hashes of files by their modification time, which two mutations can share. */
function forgetFiles() {
  resetWorkspaceContext();
  for (const name of readdirSync(workspaceDataDirectory)) {
    if (name.endsWith('.nxt')) rmSync(join(workspaceDataDirectory, name), { force: true });
  }
}

async function hashesOf(graph, nxJson, projects) {
  if (projects.length === 0) return new Map();
  const tasks = createTaskGraph(graph, {}, projects, [TARGET], undefined, {});
  const hashed = async (task) => {
    await hashTask(createTaskHasher(graph, nxJson, {}), graph, tasks, task, process.env);
    return task.hash;
  };
  const hashes = new Map();
  for (const task of Object.values(tasks.tasks)) {
    if (task.target.target !== TARGET) continue;
    const before = tasks.dependencies[task.id]
      // Ids, or since Nx 24 objects with one.
      .map((each) => tasks.tasks[each.id ?? each])
      .filter(({ target }) => target.target === MODULES);
    let fails = false;
    for (const each of before) fails ||= !(await writeModules(graph, nxJson, each, await hashed(each)));
    // Nx does not come to a task when one before it fails: nothing is taken from the cache.
    hashes.set(task.target.project, fails ? `fails before ${TARGET}` : await hashed(task));
  }
  return hashes;
}

/** Gives whether it succeeds, which Nx asks before it goes on. */
async function writeModules(graph, nxJson, { target }, hash) {
  const { options } = graph.nodes[target.project].data.targets[target.target];
  const file = join(root, options.outputFile);
  rmSync(file, { force: true });
  if (!written.has(hash)) {
    const context = {
      root,
      cwd: root,
      isVerbose: false,
      projectGraph: graph,
      nxJsonConfiguration: nxJson,
      projectsConfigurations: readProjectsConfigurationFromProjectGraph(graph),
    };
    for await (const { success } of await runExecutor(target, {}, context)) if (!success) return false;
    written.set(hash, readFileSync(file));
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, written.get(hash));
  return true;
}

async function affectedBy(graph, nxJson, files) {
  const touchedFiles = calculateFileChanges(files, { files });
  if (Number.parseInt(nx.version, 10) < 24) {
    const { nodes } = await filterAffected(graph, touchedFiles, nxJson);
    return Object.keys(nodes);
  }
  const { computeAffectedTasks } = internal('project-graph/affected/affected-tasks.js');
  const { affectedTaskIds } = await computeAffectedTasks({
    projectGraph: graph,
    nxJson,
    targets: [TARGET],
    touchedFiles,
    fileChangeArgs: { files },
  });
  return [...affectedTaskIds]
    .filter((id) => id.endsWith(`:${TARGET}`))
    .map((id) => id.slice(0, -TARGET.length - 1));
}

process.send({ answer: 'ready' });
