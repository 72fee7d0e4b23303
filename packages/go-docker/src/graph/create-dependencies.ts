import type { CreateDependencies, DependencyType, RawProjectGraphDependency } from '@nx/devkit';
import { takeOver } from './graph-in-hand';
import { keptGraph } from './kept/kept-graph';
import type * as MakeEdges from './make-edges';
import { pluginSettings, type PluginOptions } from './plugin-options';
import type { ProjectEdge } from './project-edges';

/** As @nx/devkit names them, which would take longer to load than the edges take to make. */
const STATIC = 'static' as DependencyType.static;
const IMPLICIT = 'implicit' as DependencyType.implicit;

/**
 * Gives the graph an edge from each project to those whose Go packages it imports. A workspace that cannot be read has none: the
 * executors say what is wrong with it.
 */
export const createDependencies: CreateDependencies<PluginOptions> = (options, context) => {
  if (!pluginSettings(options).analyzeSourceFiles) return [];
  const { workspaceRoot, projects, fileMap } = context;
  const inHand = takeOver(workspaceRoot) ?? { graph: keptGraph(workspaceRoot) };
  const names = Object.entries(projects).map(([name, { root }]) => [root, name] as const);
  const question = JSON.stringify(names);
  const kept = inHand.graph?.edges;
  const edges =
    kept?.question === question
      ? kept.value
      : maker().makeEdges(workspaceRoot, question, new Map(names), inHand);
  const isKnown = knownFiles(fileMap.projectFileMap);
  return edges.map((edge): RawProjectGraphDependency => {
    const { source, target, file } = edge;
    // Nx refuses a file that it does not know, such as generated code that Git ignores.
    return isKnown(edge)
      ? { source, target, sourceFile: file, type: STATIC }
      : { source, target, type: IMPLICIT };
  });
};

/** Loaded when something has changed: that takes longer than to find that nothing has. */
function maker(): typeof MakeEdges {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('./make-edges') as typeof MakeEdges;
}

/** Whether Nx knows the file of an edge as one of its project's. */
function knownFiles(
  files: Readonly<Record<string, readonly { readonly file: string }[]>>,
): (edge: ProjectEdge) => boolean {
  const ofProject = new Map<string, ReadonlySet<string>>();
  return ({ source, file }) => {
    const known = ofProject.get(source) ?? new Set((files[source] ?? []).map((each) => each.file));
    ofProject.set(source, known);
    return known.has(file);
  };
}
