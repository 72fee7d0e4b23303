import { posix } from 'node:path';
import { DockerfileParser, From, type Instruction } from 'dockerfile-ast';
import type { WorkspacePath } from '@go-docker/go-workspace';
import type { Dockerfile, Stage } from './dockerfile';
import { managedBlocks } from '../managed-block/managed-block';
import { contextWords } from './reading/context-words';
import { ownLines } from './reading/own-lines';
import { assertReadable } from './reading/readable';
import { Scope } from './reading/scope';

/**
 * Reads a Dockerfile's stages, and what it takes from the build context.
 *
 * @throws GoDockerError with file and line for what BuildKit would refuse to read outside of managed blocks, and for a broken block.
 */
export function readDockerfile(text: string, file: WorkspacePath): Dockerfile {
  if (latest?.text !== text || latest.file !== file) latest = { text, file, dockerfile: read(text, file) };
  return latest.dockerfile;
}

/** Who asks for one thing of a Dockerfile asks for another right after. */
let latest:
  { readonly text: string; readonly file: WorkspacePath; readonly dockerfile: Dockerfile } | undefined;

function read(text: string, file: WorkspacePath): Dockerfile {
  const blocks = managedBlocks(text, file);
  const parsed = DockerfileParser.parse(ownLines(text, blocks));
  const instructions = parsed.getInstructions();
  assertReadable(instructions, file);
  const isManaged = (line: number) =>
    blocks.some((block) => line >= block.line && line < block.line + block.lines.length);
  const scope = new Scope(parsed.getEscapeCharacter());
  const stages: Stage[] = [];
  const sources = new Set<WorkspacePath>();
  for (const instruction of instructions) {
    const line = instruction.getRange().start.line + 1;
    if (instruction instanceof From) {
      const stage = readStage(instruction, scope, line);
      stages.push(stage);
      scope.enter(stage);
    } else {
      scope.define(instruction);
      if (!isManaged(line)) contextPaths(instruction, scope).forEach((path) => sources.add(path));
    }
  }
  return { stages, contextSources: [...sources].sort() };
}

/** Whether the Dockerfile has a stage of that name. */
export function hasStage({ stages }: Dockerfile, name: string): boolean {
  return stages.some((stage) => stage.name === name.toLowerCase());
}

function readStage(from: From, scope: Scope, line: number): Stage {
  const name = from.getBuildStage()?.toLowerCase();
  return { ...(name !== undefined && { name }), from: scope.expandImage(from.getImage() ?? ''), line };
}

/** As Docker reads sources: from the root of the context, which nothing leaves. */
function contextPaths(instruction: Instruction, scope: Scope): readonly WorkspacePath[] {
  return contextWords(instruction)
    .map((word) =>
      posix
        .join('/', scope.expand(word) ?? '')
        .slice(1)
        .replace(/\/$/, ''),
    )
    .filter((path) => path !== '');
}
