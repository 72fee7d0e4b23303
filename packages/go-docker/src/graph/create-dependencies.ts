import { workspaceImports } from '@go-docker/go-workspace';
import type { CreateDependencies, DependencyType, RawProjectGraphDependency } from '@nx/devkit';
import { takeForEdges } from './go-workspace-of';
import { pluginSettings, type PluginOptions } from './plugin-options';
import { type ProjectEdge, projectEdges } from './project-edges';
import { withProblem } from './with-problem';

/** As @nx/devkit names them, which would take longer to load than the edges take to make. */
const STATIC = 'static' as DependencyType.static;
const IMPLICIT = 'implicit' as DependencyType.implicit;

/**
 * Gives the graph an edge from each project to those whose Go packages it imports. A workspace that cannot be read has none: the
 * executors say what is wrong with it.
 */
export const createDependencies: CreateDependencies<PluginOptions> = (options, context) => {
  if (!pluginSettings(options).analyzeSourceFiles) return [];
  const packages = withProblem(
    () => workspaceImports(takeForEdges(context.workspaceRoot)),
    () => new Map(),
  );
  const names = new Map(Object.entries(context.projects).map(([name, { root }]) => [root, name]));
  const filesOf = new Map<string, ReadonlySet<string>>();
  const isKnown = ({ source, file }: ProjectEdge): boolean => {
    const known =
      filesOf.get(source) ?? new Set((context.fileMap.projectFileMap[source] ?? []).map((each) => each.file));
    filesOf.set(source, known);
    return known.has(file);
  };
  return projectEdges(packages, names).map((edge): RawProjectGraphDependency => {
    const { source, target, file } = edge;
    // Nx refuses a file that it does not know, such as generated code that Git ignores.
    return isKnown(edge)
      ? { source, target, sourceFile: file, type: STATIC }
      : { source, target, type: IMPLICIT };
  });
};
