import { join } from 'node:path';
import type { BuildPlatform } from '@go-docker/go-workspace';
import { ProgramNotFound, type ProgramResult, runProgram } from '../engines/program';
import type { ExternalModule } from './linked-modules';

/** The program that Go is asked about. */
export interface ListedProgram {
  /** Absolute path. */
  readonly workspaceRoot: string;
  /** Folder of the main package, below the workspace root. */
  readonly packageDir: string;
  readonly usesWorkFile: boolean;
  readonly cgo: boolean;
  readonly tags: readonly string[];
  /** Patterns of modules that no public proxy has: none is asked for them. */
  readonly privateModules: readonly string[];
}

/** Modules, or why Go could not tell them, in one line. */
export type Listing = { readonly modules: readonly ExternalModule[] } | { readonly reason: string };

/**
 * Asks Go which modules from outside the workspace a program links on one platform (`go list -deps`). Modules that are not in the
 * module cache are downloaded; nothing in the workspace is written.
 */
export async function listExternalModules(
  program: ListedProgram,
  platform: BuildPlatform,
  signal: AbortSignal,
): Promise<Listing> {
  const args = ['list', '-deps', '-f', TEMPLATE, ...tagArguments(program.tags), '.'];
  try {
    const cwd = join(program.workspaceRoot, program.packageDir);
    const result = await runProgram('go', args, { signal, cwd, env: environment(program, platform) });
    return result.exitCode === 0 ? { modules: parseModules(result.stdout) } : { reason: reasonOf(result) };
  } catch (error) {
    if (error instanceof ProgramNotFound) return { reason: 'there is no go on the PATH' };
    throw error;
  }
}

/** A line for each package of a module that has a version; a module in a folder has none (https://pkg.go.dev/cmd/go#hdr-List_packages_or_modules). */
const TEMPLATE =
  '{{with .Module}}{{if .Replace}}{{if .Replace.Version}}{{.Path}} {{.Version}} {{.Replace.Path}} {{.Replace.Version}}{{end}}' +
  '{{else if .Version}}{{.Path}} {{.Version}}{{end}}{{end}}';

function tagArguments(tags: readonly string[]): readonly string[] {
  return tags.length === 0 ? [] : ['-tags', tags.join(',')];
}

/** What decides which packages are linked is set; how modules are fetched is the user's own matter. */
function environment(
  { cgo, privateModules, usesWorkFile, workspaceRoot }: ListedProgram,
  { os, architecture, variant }: BuildPlatform,
): NodeJS.ProcessEnv {
  const level = variant?.replace(/^v/, '');
  return {
    ...process.env,
    ...(privateModules.length > 0 && {
      GOPRIVATE: [process.env.GOPRIVATE, ...privateModules].filter(Boolean).join(','),
    }),
    GOFLAGS: '',
    GO111MODULE: 'on',
    GOWORK: usesWorkFile ? join(workspaceRoot, 'go.work') : 'off',
    GOOS: os,
    GOARCH: architecture,
    ...(architecture === 'arm' && { GOARM: level ?? '7' }),
    ...(architecture === 'amd64' && { GOAMD64: variant ?? 'v1' }),
    CGO_ENABLED: cgo ? '1' : '0',
  };
}

/** Reads what {@link TEMPLATE} writes. */
export function parseModules(stdout: string): readonly ExternalModule[] {
  const lines = new Set(stdout.split(/\r?\n/).filter((line) => line !== ''));
  return [...lines].flatMap((line) => {
    const [path, version, otherPath, otherVersion] = line.split(' ');
    if (path === undefined || version === undefined) return [];
    if (otherPath === undefined || otherVersion === undefined) return [{ path, version }];
    return [{ path, version, replacement: { path: otherPath, version: otherVersion } }];
  });
}

function reasonOf({ stderr, exitCode }: ProgramResult): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => line !== '' && !line.startsWith('go: downloading')) ??
    `go list ended with ${exitCode}`
  );
}
