import type { CreateNodesResult } from '@nx/devkit';
import type { ProjectEdge } from '../project-edges';
import { isUnchanged } from './is-unchanged';
import { keep, readKept } from './kept-file';
import type { ListedFolder, ReadLog } from './read-log';
import { isSettled, type Stamp } from './stamp';

/** The answers to Nx for one graph, and everything in the workspace that they come from. */
export interface KeptGraph {
  readonly log: ReadLog;
  /** Missing where no Dockerfile is there to ask about. */
  readonly nodes?: Answer<Nodes>;
  /** Missing where Nx is given none. */
  readonly edges?: Answer<readonly ProjectEdge[]>;
}

/** What Nx takes from createNodes: for each Dockerfile what it adds to the graph. */
export type Nodes = (readonly [dockerfile: string, result: CreateNodesResult])[];

export interface Answer<T> {
  /** All that the answer depends on besides the files of the workspace. */
  readonly question: string;
  readonly value: T;
}

const NAME = 'graph';

/** The graph that was kept, where nothing has changed since that it was made from. */
export function keptGraph(root: string): KeptGraph | undefined {
  const kept = readKept(root, NAME) as StoredGraph | undefined;
  if (!kept) return undefined;
  const { files, folders, ...answers } = kept;
  const log: ReadLog = { files: new Map(files), folders: new Map(folders) };
  return isUnchanged(root, log) ? { log, ...answers } : undefined;
}

/** Keeps a graph for later, where what it was made from can be told from what may come. */
export function keepGraph(root: string, { log, ...answers }: KeptGraph): void {
  for (const stamp of log.files.values()) if (!isSettled(stamp)) return;
  const stored: StoredGraph = { ...answers, files: [...log.files], folders: [...log.folders] };
  keep(root, NAME, stored);
}

interface StoredGraph extends Omit<KeptGraph, 'log'> {
  readonly files: readonly (readonly [string, Stamp])[];
  readonly folders: readonly (readonly [string, ListedFolder])[];
}
