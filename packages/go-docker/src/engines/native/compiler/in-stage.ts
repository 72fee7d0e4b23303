import { posix } from 'node:path';
import { bytesOf, cleanPath, shown, type BytePath } from '../files/byte-path';
import type { HostRoot } from './host-root';

/**
 * A package or file that `go build` is given, as the host's Go finds it: above the root of a stage is nothing, and its absolute paths
 * are elsewhere here.
 *
 * @param folder Where Go is run, in the stage.
 */
export function inStage(argument: string, folder: BytePath, root: HostRoot): string {
  if (argument.startsWith('/')) return root.pathOf(cleanPath(bytesOf(argument)));
  // Anything else is an import path, or names packages of Go itself.
  if (!/^\.\.?(\/|$)|\.go$/.test(argument)) return argument;
  const from = `/${shown(folder)}`;
  const path = posix.relative(from, posix.resolve(from, argument));
  return path.startsWith('../') || path === '..' ? path : `./${path}`;
}
