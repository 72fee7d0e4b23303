import type { BuildClosure } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';
import type { BlockOptions } from './block-keys';
import type { Dockerfile, Stage } from './dockerfile';
import type { CgoLink, Runner } from './image-settings';
import { parsePlatform } from './parse-platform';

/** What a program with cgo is linked with, so that it runs on a runner of ours. */
export function cgoLinkOf(runner: Runner): CgoLink {
  if (runner === 'scratch') return 'static';
  return runner === 'alpine' ? 'musl' : 'glibc';
}

/**
 * The same for the runner stage of an existing Dockerfile, which belongs to the user.
 *
 * @throws GoDockerError where it stands on an image without the C library that the program would need.
 */
export function cgoLinkOn({ stages }: Dockerfile, file: string, closure: BuildClosure): CgoLink {
  const runner = stages.find(({ name }) => name === 'runner');
  const base = runner && baseOf(runner, stages);
  if (base === 'scratch') return 'static';
  if (base?.includes('alpine')) return 'musl';
  const lacksLibrary = /distroless\/static/.test(base ?? '');
  if (lacksLibrary || (/distroless\/base/.test(base ?? '') && compilesCpp(closure))) {
    throw new GoDockerError(
      `${base} has no ${lacksLibrary ? 'C library' : 'libstdc++'}, and the runner stage is yours`,
      {
        location: { file, line: runner?.line },
        advice: `Write \`FROM ${distrolessFor(closure)} AS runner\` there and run setup again, or write the file anew with --force.`,
      },
    );
  }
  return 'glibc';
}

/** The image for a program that is linked with glibc, and with libstdc++ where it holds C++. */
export function distrolessFor(closure: BuildClosure): string {
  return `gcr.io/distroless/${compilesCpp(closure) ? 'cc' : 'base'}-debian13:nonroot`;
}

/** What of a program its linker leaves out; no block records it, because every generated program is stripped. */
export interface LinkOptions {
  /** Whether the symbol table and the debug information stay in the program. */
  readonly keepsSymbols?: boolean;
}

/** What the linker of Go is told; empty where it is told nothing. */
export function linkerFlags(
  { cgo, keepsSymbols }: BlockOptions & LinkOptions,
  closure: BuildClosure,
): string {
  const own = keepsSymbols ? [] : ['-s -w'];
  if (cgo === 'static') return [...own, '-linkmode=external -extldflags=-static'].join(' ');
  // Alpine brings no libstdc++, and nothing is installed in a runner.
  if (cgo === 'musl' && compilesCpp(closure)) {
    return [...own, "-extldflags '-static-libstdc++ -static-libgcc'"].join(' ');
  }
  return own.join(' ');
}

/** Whether a package of the workspace holds C++; modules from elsewhere are not looked into. */
export function compilesCpp({ packages }: BuildClosure): boolean {
  return packages.some(({ otherFiles }) => otherFiles.some((file) => /\.(cc|cpp|cxx)$/.test(file)));
}

/**
 * @throws GoDockerError where a program with cgo is to be built for several architectures: its C compiler knows one.
 */
export function assertOneArchitecture({ cgo, platforms = [] }: BlockOptions): void {
  const architectures = new Set(platforms.map((platform) => parsePlatform(platform).architecture));
  if (!cgo || architectures.size < 2) return;
  throw new GoDockerError(
    `A program with cgo is compiled for the architecture of the machine that builds alone, not for ${platforms.join(' and ')}`,
    { advice: `Choose one of them, such as --platforms=${platforms[0]}, or leave out --cgo.` },
  );
}

/** The image that a stage stands on, through the stages that it starts from. */
export function baseOf(stage: Stage, stages: readonly Stage[]): string {
  const below = stages.find(({ name, line }) => name === stage.from.toLowerCase() && line < stage.line);
  return below ? baseOf(below, stages) : stage.from;
}
