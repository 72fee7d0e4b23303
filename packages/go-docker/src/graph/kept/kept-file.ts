import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * What an earlier graph left under `name` in the folder where Nx keeps its own graph; undefined where there is nothing of this
 * very installation of ours, or it cannot be read.
 */
export function readKept(root: string, name: string): unknown {
  if (!mayKeep()) return undefined;
  try {
    const kept: unknown = JSON.parse(readFileSync(fileOf(root, name), 'utf8'));
    return Array.isArray(kept) && kept[0] === installation() ? kept[1] : undefined;
  } catch {
    return undefined;
  }
}

/** Leaves something for later graphs. Where the disk does not take it, they do without. */
export function keep(root: string, name: string, content: unknown): void {
  if (!mayKeep()) return;
  const file = fileOf(root, name);
  // Of this process alone: another one may be writing the same file.
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, JSON.stringify([installation(), content]));
    renameSync(temporary, file);
  } catch {
    discard(temporary);
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The next graph tries again.
  }
}

/** The switch with which Nx and its own plugins are kept from reusing a graph. */
function mayKeep(): boolean {
  return process.env['NX_CACHE_PROJECT_GRAPH'] !== 'false';
}

/** In the folder that `nx reset` empties, by the rule of Nx (workspaceDataDirectoryForWorkspace), whose own code takes long to load. */
function fileOf(root: string, name: string): string {
  const { NX_WORKSPACE_DATA_DIRECTORY, NX_PROJECT_GRAPH_CACHE_DIRECTORY } = process.env;
  const folder =
    NX_WORKSPACE_DATA_DIRECTORY ?? NX_PROJECT_GRAPH_CACHE_DIRECTORY ?? join('.nx', 'workspace-data');
  return join(resolve(root, folder), `go-docker-${name}.json`);
}

const PARTS = ['../make-nodes', '../make-edges', '../targets/image-targets', '@go-docker/go-workspace'];

/** Another release, or the same one installed anew or changed, may answer otherwise. */
function installation(): string {
  const files = [__filename, ...PARTS.map((part) => require.resolve(part))];
  return [version(), ...files.map(markOf)].join('\n');
}

/** Without the time of change: that of a hard link, with which packages are installed, is another one whenever there is one link more. */
function markOf(file: string): string {
  const { mtimeMs, size, ino } = statSync(file);
  return [file, mtimeMs, size, ino].join(' ');
}

function version(): string {
  const packageJson = join(__dirname, '..', '..', '..', 'package.json');
  const { version }: { version: string } = JSON.parse(readFileSync(packageJson, 'utf8'));
  return version;
}
