import { posix } from 'node:path';
import { Copy, DockerfileParser, From, type Instruction } from 'dockerfile-ast';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { baseOf } from '../dockerfile/c-library';
import { exposedPort } from '../dockerfile/exposed-port';
import type { Runner } from '../dockerfile/image-settings';
import { readDockerfile } from '../dockerfile/read-dockerfile';
import { contextWords } from '../dockerfile/reading/context-words';
import { sharedFiles } from '../dockerfile/rootfs';

/** What the runner stage of an app's own Dockerfile says that all its variants have. */
export interface OwnRunner {
  /** Which of our runners it is; undefined for a base of the user's own. */
  readonly runner?: Runner;
  /** The image it stands on; undefined where only the build knows it. */
  readonly from?: string;
  readonly port?: number;
  readonly assets: readonly WorkspacePath[];
  /** The path that HEALTHCHECK asks for. */
  readonly healthcheck?: string;
}

/**
 * Reads the runner stage of a Dockerfile.
 *
 * @param target Name of the stage that becomes the image.
 * @throws GoDockerError for a Dockerfile that cannot be read.
 */
export function ownRunner(text: string, file: WorkspacePath, target: string): OwnRunner {
  const { stages } = readDockerfile(text, file);
  const stage = stages.find(({ name }) => name === target.toLowerCase());
  const base = stage && baseOf(stage, stages);
  const instructions = instructionsOf(text, target);
  return {
    runner: base === undefined ? undefined : runnerOn(base),
    from: base === undefined || base.includes('$') ? undefined : base,
    port: exposedPort(text, target),
    assets: instructions.flatMap(assetsOf),
    healthcheck: instructions.map(healthcheckOf).find((path) => path !== undefined),
  };
}

function runnerOn(base: string): Runner | undefined {
  if (base === 'scratch') return 'scratch';
  if (base.includes('distroless')) return 'distroless';
  if (/(^|\/)alpine[:@]|(^|\/)alpine$/.test(base)) return 'alpine';
  return /(^|\/)debian([:@]|$)/.test(base) ? 'debian' : undefined;
}

function instructionsOf(text: string, target: string): readonly Instruction[] {
  const found: Instruction[] = [];
  let isTarget = false;
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction instanceof From)
      isTarget = instruction.getBuildStage()?.toLowerCase() === target.toLowerCase();
    else if (isTarget) found.push(instruction);
  }
  return found;
}

/** Files that a runner has because of what it is are no assets of the app. */
function assetsOf(instruction: Instruction): readonly WorkspacePath[] {
  if (!(instruction instanceof Copy)) return [];
  return contextWords(instruction)
    .map((word) => posix.join('/', word).slice(1).replace(/\/$/, ''))
    .filter((path) => path !== '' && !/[$*?[]/.test(path) && !sharedFiles.includes(path));
}

/** As `healthcheckLines` writes it: program, port, path. */
function healthcheckOf(instruction: Instruction): string | undefined {
  if (instruction.getKeyword() !== 'HEALTHCHECK') return undefined;
  const command = /\["\/usr\/local\/libexec\/healthcheck",\s*"\d+",\s*"([^"]+)"\]/;
  return command.exec(instruction.getTextContent())?.[1];
}
