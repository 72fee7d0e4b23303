import { diskFileSystem, type FileSystem, type GoWorkspace, readGoWorkspace } from '@go-docker/go-workspace';

/** What was read for the nodes of a graph, until its edges are asked for. */
let latest: { readonly root: string; readonly workspace: GoWorkspace } | undefined;

/** Reads the Go workspace, and keeps it for the edges of the same graph: Nx asks for them right after the nodes. */
export function readForNodes(root: string, files: FileSystem): GoWorkspace {
  const workspace = readGoWorkspace(files);
  latest = { root, workspace };
  return workspace;
}

/** The Go workspace that the nodes were made from, once; read anew where they were not made just before. */
export function takeForEdges(root: string): GoWorkspace {
  const known = latest;
  latest = undefined;
  return known?.root === root ? known.workspace : readGoWorkspace(diskFileSystem(root));
}
