import { posix } from 'node:path';
import { packLayer } from '@go-docker/oci-image';
import type { Instruction } from '../dockerfile/instruction';
import type { Stage } from '../dockerfile/stages';
import { expanderOf } from '../dockerfile/words-of';
import { isSetting, lookupIn, withSetting, type Reading } from '../config/settings';
import { noted, textOf, type StageImage } from '../config/stage-image';
import { GoDockerError } from '../../../errors';
import { byPlace, bytesOf, cleanPath, shown } from '../files/byte-path';
import { makeFolders, NotAFolder } from '../files/make-folders';
import { LinkCircle, resolved } from '../files/resolve';
import { refusal } from '../refusal';
import { beginStage } from './begin-stage';
import type { BuiltStage } from './built-stage';
import { copyInstruction } from './copy-instruction';
import { ownerAt } from './owner-at';
import { runInstruction } from './run-instruction';
import type { StageBuild } from './stage-build';
import type { StageContext } from './stage-context';

/**
 * Follows the instructions of a stage.
 *
 * @throws GoDockerError with file and line for what this engine does not do, and for what fails.
 */
export async function buildStage(stage: Stage, build: StageBuild): Promise<BuiltStage> {
  const begun = await beginStage(stage, build);
  const reading: Reading = {
    variables: new Map(begun.variables),
    expand: expanderOf(build.dockerfile),
    escape: build.dockerfile.escape,
    globals: build.stages.globals,
    buildArgs: build.plan.buildArgs,
  };
  let image = begun.image;
  let setsCommand = false;
  const layers = [...begun.layers];
  const { tree } = begun;
  for (const instruction of stage.instructions) {
    build.signal.throwIfAborted();
    const { keyword } = instruction;
    if (isSetting(keyword)) {
      image = withSetting(image, instruction, reading);
      setsCommand ||= keyword === 'CMD';
      // What the base runs by default is meant for its own entrypoint.
      if (keyword === 'ENTRYPOINT' && !setsCommand) image = withoutCommand(image);
      continue;
    }
    const at = { ...begun, image, variables: reading.variables, layers };
    image = await step(instruction, at, { stage, build, reading }).catch((error: unknown) => {
      throw asFileProblem(error, instruction);
    });
    if (build.isOfImage(stage) && hasLayer(image)) {
      const changes = [...tree.takeChanges().keys()];
      layers.push(await packLayer(withFolders(changes, tree)));
    }
  }
  tree.takeChanges();
  return { ...begun, image, variables: reading.variables, layers };
}

async function step(instruction: Instruction, at: BuiltStage, context: StageContext): Promise<StageImage> {
  switch (instruction.keyword) {
    case 'WORKDIR':
      return workingFolder(instruction, at, context);
    case 'COPY':
    case 'ADD':
      return copyInstruction(instruction, at, context);
    case 'RUN':
      return runInstruction(instruction, at, context);
    default:
      throw refusal(`knows no ${instruction.keyword}`, instruction.location);
  }
}

async function workingFolder(
  { rest, location }: Instruction,
  { image, tree }: BuiltStage,
  { reading }: StageContext,
): Promise<StageImage> {
  const said = reading.expand(rest, lookupIn(reading.variables), location);
  const folder = posix.resolve('/', textOf(image.config['WorkingDir']), said);
  if (folder !== '/') {
    const owner = await ownerAt(textOf(image.config['User']), tree, location);
    makeFolders(tree, resolved(tree, cleanPath(bytesOf(folder))), owner);
  }
  return noted(image, `WORKDIR ${folder}`, { WorkingDir: folder }, folder !== '/');
}

function hasLayer({ history }: StageImage): boolean {
  return history.at(-1)?.empty_layer !== true;
}

/** A layer has the folders that its files lie in, too. */
function withFolders(paths: readonly string[], tree: BuiltStage['tree']) {
  const all = new Set<string>();
  for (const path of paths) {
    const parts = path.split('/');
    parts.forEach((_, at) => all.add(parts.slice(0, at + 1).join('/')));
  }
  all.delete('');
  return [...all].sort(byPlace).flatMap((path) => {
    const node = tree.get(path);
    return node ? [[path, node] as const] : [];
  });
}

function withoutCommand(image: StageImage): StageImage {
  return { ...image, config: { ...image.config, Cmd: undefined } };
}

/** What is in the way of a folder, with its place. */
function asFileProblem(error: unknown, { location }: Instruction): unknown {
  if (error instanceof NotAFolder) {
    return new GoDockerError(`"/${shown(error.path)}" is a file, not a folder`, { location });
  }
  if (error instanceof LinkCircle) return new GoDockerError('symbolic links lead in a circle', { location });
  return error;
}
