import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type LayoutImage, readLayout } from '@go-docker/oci-image';
import type { WorkspacePath } from '@go-docker/go-workspace';
import type { Engine, ImagePlan } from '../engines/engine';
import { unlessEnding } from '../engines/unless-ending';
import { GoDockerError, isMeantToBeRead } from '../errors';
import type { PlatformImage } from '../images/image-json';
import { readDockerfile } from '../dockerfile/read-dockerfile';
import { appFiles } from '../measuring/app-files';
import { sizesOf } from '../measuring/image-sizes';
import { writeText } from '../reports/write-text';
import type { ComparedApp } from './compared-app';
import { type BuiltVariant, type ComparedVariant, isBuilt, type MissingVariant } from './image-comparison';
import { whyLeftOut } from './left-out';
import { type VariantFiles, variantFiles } from './variant-files';
import { type Variant, variantText } from './variants';

/** What variants are built with. */
export interface VariantBuild {
  readonly app: ComparedApp;
  /** The app's own image; a variant has another Dockerfile. */
  readonly plan: ImagePlan;
  readonly engine: Engine;
  /** A folder of this comparison alone, below the workspace root. */
  readonly folder: WorkspacePath;
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A variant, and where its program lies for as long as the folder is there. */
export interface VariantResult {
  readonly variant: ComparedVariant;
  readonly program?: string;
}

/**
 * Builds variants one after the other and measures each image. One that cannot be built keeps no other back.
 *
 * @throws The signal's reason; errors that are defects of ours.
 */
export async function buildVariants(
  variants: readonly Variant[],
  build: VariantBuild,
): Promise<readonly VariantResult[]> {
  const results: VariantResult[] = [];
  const count = variants.filter((variant) => whyLeftOut(variant, build.engine.name) === undefined).length;
  let at = 0;
  for (const variant of variants) {
    const reason = whyLeftOut(variant, build.engine.name);
    if (reason === undefined) {
      at += 1;
      results.push(await toldVariant(variant, { ...build, tell: teller(build, `[${at}/${count}]`) }));
    } else results.push(missing(variant, { outcome: 'left out', reason }));
  }
  return results;
}

function teller({ tell }: VariantBuild, prefix: string): (line: string) => void {
  return (line) => tell(`${prefix} ${line}`);
}

async function toldVariant(variant: Variant, build: VariantBuild): Promise<VariantResult> {
  const name = variantText(variant);
  const began = performance.now();
  build.tell(name);
  const result = await buildVariant(variant, build);
  if (isBuilt(result.variant)) {
    build.tell(`${name}: built in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  return result;
}

/**
 * Builds one variant that the engine does not leave out. Nothing is told but all that is known of a failure: the result has one line of it.
 *
 * @throws As {@link buildVariants} does.
 */
export async function buildVariant(variant: Variant, build: VariantBuild): Promise<VariantResult> {
  try {
    return await built(variant, build);
  } catch (error) {
    build.signal.throwIfAborted();
    if (!isMeantToBeRead(error)) throw error;
    await unlessEnding(build.signal);
    build.tell(`${variantText(variant)}: not built\n${error.message}`);
    return missing(variant, { outcome: 'failed', reason: reasonOf(error) });
  }
}

async function built(variant: Variant, build: VariantBuild): Promise<VariantResult> {
  const { app, engine, folder, plan, signal } = build;
  const files = variantFiles(app, variant, folder);
  for (const [path, text] of files.texts) writeText(join(plan.workspaceRoot, path), text);
  const directory = join(plan.workspaceRoot, folder, 'image');
  try {
    mkdirSync(directory);
    const own = { ...plan, dockerfile: files.dockerfile, target: 'runner', platforms: [app.platform] };
    const [image] = await engine.build(own, directory, signal);
    if (!image) throw new Error('an engine gave no image for the one platform that it was asked for');
    return await measured(variant, { image, directory, files }, build);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface VariantImage {
  readonly image: PlatformImage;
  readonly directory: string;
  readonly files: VariantFiles;
}

async function measured(
  variant: Variant,
  { image, directory, files }: VariantImage,
  build: VariantBuild,
): Promise<VariantResult> {
  const figures: BuiltVariant = {
    outcome: 'built',
    from: baseOf(files),
    digest: image.digest,
    sizes: sizesOf(image),
  };
  // It holds two caches of Go, with all programs that lie there.
  if (variant.base === 'single-stage') return { variant: { ...variant, ...figures } };
  const layout = await readLayout(join(directory, 'oci'));
  const [inLayout] = layout.images;
  const program = inLayout && (await programOf(layout, inLayout, build));
  return { variant: { ...variant, ...figures, programBytes: program?.bytes }, program: program?.copy };
}

function baseOf({ dockerfile, texts }: VariantFiles): string {
  const { stages } = readDockerfile(texts.get(dockerfile) ?? '', dockerfile);
  return stages.at(-1)?.from ?? '';
}

/** A copy of the app's program. Equal programs have one copy, so that they are started as one. */
async function programOf(
  layout: Parameters<typeof appFiles>[0],
  image: LayoutImage,
  { app, folder, plan, signal }: VariantBuild,
): Promise<{ bytes: number; copy: string } | undefined> {
  const programs = join(plan.workspaceRoot, folder, 'programs');
  mkdirSync(programs, { recursive: true });
  const keep = (program: string): Promise<string> => {
    const copy = join(programs, createHash('sha256').update(readFileSync(program)).digest('hex'));
    copyFileSync(program, copy);
    chmodSync(copy, 0o755);
    return Promise.resolve(copy);
  };
  const found = await appFiles(layout, image, keep, signal);
  const path = `/usr/local/bin/${app.imageFor([]).binaryName}`;
  const own = found.find((file) => file.path === path && !file.isHidden);
  return own?.program === undefined ? undefined : { bytes: own.bytes, copy: own.program };
}

function missing(variant: Variant, why: MissingVariant): VariantResult {
  return { variant: { ...variant, ...why } };
}

function reasonOf(error: Error): string {
  if (error instanceof GoDockerError) return error.what;
  const [line = error.message] = error.message.split('\n');
  return line;
}
