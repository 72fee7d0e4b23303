import type { WorkspacePath } from '@go-docker/go-workspace';
import {
  getProjects,
  type ProjectGraphProjectNode,
  readCachedProjectGraph,
  type TargetConfiguration,
  type Tree,
  workspaceRoot,
} from '@nx/devkit';

/** Root of every Nx project → its name. */
export type NxProjects = ReadonlyMap<WorkspacePath, string>;

/** Root of every Nx project → its targets by name. */
export type NxTargets = ReadonlyMap<WorkspacePath, Readonly<Record<string, TargetConfiguration>>>;

/** The targets of all projects, as the graph has them; those of project.json where there is none. */
export function nxTargets(tree: Tree): NxTargets {
  const own = [...getProjects(tree).values()].map(({ root, targets = {} }) => [root, targets] as const);
  return new Map([
    ...own,
    ...inferredNodes(tree).map(({ data }) => [data.root, data.targets ?? {}] as const),
  ]);
}

/** All projects that Nx has: those with a project.json or package.json in the tree, and those that plugins infer. */
export function nxProjects(tree: Tree): NxProjects {
  const projects = new Map(inferredNodes(tree).map(({ name, data }) => [data.root, name]));
  for (const [name, { root }] of getProjects(tree)) projects.set(root, name);
  // Nx takes the folder's name where a project.json gives none, and the root has none to take.
  if (['.', ''].includes(projects.get('.') ?? '')) projects.delete('.');
  return projects;
}

/**
 * What plugins infer is known to the project graph alone. `nx g` has just made it, so that the cached one is at hand; without it
 * (`--skip-project-graph`) there are only the projects with files.
 */
function inferredNodes(tree: Tree): ProjectGraphProjectNode[] {
  if (tree.root !== workspaceRoot) return [];
  try {
    const { nodes } = readCachedProjectGraph();
    return Object.values(nodes).filter(({ data }) => tree.exists(data.root));
  } catch {
    return [];
  }
}
