import { cpSync, mkdirSync } from 'node:fs';
import { arch, platform as system } from 'node:os';
import { dirname, join } from 'node:path';
import { assetTarget } from '../dockerfile/new-dockerfile';
import type { VariantBuild, VariantResult } from './build-variants';
import { type ComparedVariant, isBuilt, type StartFigures } from './image-comparison';
import { connects, type Started, startProgram } from './start-program';
import { variantText } from './variants';

/** A service that takes longer waits for something that is not here. */
const MOST_MILLISECONDS = 10_000;

type Outcome = StartFigures | { readonly notMeasured: string };

/**
 * Starts packed programs and the same ones as they were before, on this machine, where it is what the image is for.
 *
 * @param starts How often each one is started for its medians, after a first start that is not counted.
 * @returns The variants, with what was found out.
 * @throws The signal's reason.
 */
export async function measureStarts(
  results: readonly VariantResult[],
  build: VariantBuild,
  starts: number,
): Promise<readonly ComparedVariant[]> {
  const packedBases = results.filter(({ variant }) => isPacked(variant)).map(({ variant }) => variant.base);
  const outcomes = new Map<string, Outcome>();
  const variants: ComparedVariant[] = [];
  for (const { variant, program } of results) {
    const isAsked = starts > 0 && variant.program !== 'plain' && packedBases.includes(variant.base);
    if (!isBuilt(variant) || program === undefined || !isAsked) {
      variants.push(variant);
      continue;
    }
    if (!outcomes.has(program)) build.tell(`starting the program of ${variantText(variant)}`);
    const start = outcomes.get(program) ?? (await medianStart(program, build, starts));
    outcomes.set(program, start);
    variants.push({ ...variant, start });
  }
  return variants;
}

function isPacked(variant: ComparedVariant): boolean {
  return isBuilt(variant) && variant.program === 'upx';
}

async function medianStart(program: string, build: VariantBuild, starts: number): Promise<Outcome> {
  const { app, signal } = build;
  const { port } = app.runner;
  const unable = foreignText(app.platform) ?? (await portText(port));
  if (unable !== undefined) return { notMeasured: unable };
  const start = { program, cwd: workingFolder(build), port, mostMilliseconds: MOST_MILLISECONDS, signal };
  const measured: Extract<Started, { peakBytes: number }>[] = [];
  for (let at = 0; at <= starts; at++) {
    const started = await startProgram(start);
    if ('problem' in started) return { notMeasured: started.problem };
    // The first one reads the program from the disk.
    if (at > 0) measured.push(started);
  }
  return {
    starts,
    until: port === undefined ? 'first output' : { port },
    readyMilliseconds: median(measured.map(({ readyMilliseconds }) => readyMilliseconds)),
    peakBytes: median(measured.map(({ peakBytes }) => peakBytes)),
  };
}

const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['x64', 'amd64'],
  ['ia32', '386'],
  ['arm', 'arm/v7'],
]);

function foreignText(platform: string): string | undefined {
  const own = `${system()}/${ARCHITECTURES.get(arch()) ?? arch()}`;
  return own === platform ? undefined : `the program is for ${platform}, and this machine is ${own}`;
}

async function portText(port: number | undefined): Promise<string | undefined> {
  const isTaken = port !== undefined && (await connects(port));
  return isTaken ? `something else serves port ${port} on this machine` : undefined;
}

/** A folder with the assets of the app, as the working folder of its image has them. */
function workingFolder({ app, folder, plan }: VariantBuild): string {
  const work = join(plan.workspaceRoot, folder, 'app');
  mkdirSync(work, { recursive: true });
  for (const source of app.runner.assets) {
    const target = join(work, assetTarget(app.imageFor([]), source));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(plan.workspaceRoot, source), target, { recursive: true });
  }
  return work;
}

/** Of an odd number of values the one in the middle, of an even number the larger of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
