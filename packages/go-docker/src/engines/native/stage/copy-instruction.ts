import { Readable } from 'node:stream';
import { jsonWords } from '../../../dockerfile/reading/context-words';
import { isAddress } from '../../../images/context-address';
import { GoDockerError } from '../../../errors';
import { lookupIn } from '../config/settings';
import { noted, textOf, type StageImage } from '../config/stage-image';
import { isHeredoc } from '../dockerfile/heredoc';
import type { Instruction } from '../dockerfile/instruction';
import { stageCalled } from '../dockerfile/stages';
import { expanderOf } from '../dockerfile/words-of';
import { plainOrJsonWords } from '../dockerfile/words';
import { bytesOf, shown } from '../files/byte-path';
import { copyFiles, CopyProblem, isFolderName, type CopyOrder } from '../files/copy-files';
import { FileTree } from '../files/file-tree';
import { ROOT_OWNER } from '../files/owner';
import { refusal } from '../refusal';
import { imageFiles } from './begin-stage';
import type { BuiltStage } from './built-stage';
import type { StageContext } from './stage-context';
import { assertKnownSources } from './known-sources';
import { ownerAt } from './owner-at';

const FLAGS = new Set(['from', 'chown', 'chmod', 'link']);

/**
 * Copies into the stage what a COPY says.
 *
 * @returns The image with the step noted.
 * @throws GoDockerError with file and line for what this engine does not copy, and for what is not there.
 */
export async function copyInstruction(
  instruction: Instruction,
  at: BuiltStage,
  context: StageContext,
): Promise<StageImage> {
  assertKnownFlags(instruction);
  const { keyword, flags, location } = instruction;
  const words = wordsOf(instruction, context);
  const sources = words.slice(0, -1);
  const destination = words.at(-1) ?? '';
  if (sources.length === 0) throw refusal(`finds no source and destination in this ${keyword}`, location);
  if (sources.length > 1 && !isFolderName(destination)) {
    throw new GoDockerError(`several sources are copied to "${destination}"`, {
      location,
      advice: 'end the destination with a slash',
    });
  }
  const order = await orderOf(instruction, at, context);
  const isLinked = (flags.get('link')?.at(-1) ?? 'false') !== 'false';
  const target = isLinked ? new FileTree() : at.tree;
  const plain = sources.filter((source) => !isHeredoc(source));
  try {
    if (plain.length > 0) {
      const from = await sourceOf(instruction, plain, context);
      copyFiles(from, target, { ...order, sources: plain.map(bytesOf), destination: bytesOf(destination) });
    }
    const texts = heredocFiles(instruction, context);
    for (const { name } of instruction.heredocs) {
      copyFiles(texts, target, { ...order, sources: [`/${name}`], destination: bytesOf(destination) });
    }
  } catch (error) {
    if (error instanceof CopyProblem) throw new GoDockerError(error.message, { location });
    throw error;
  }
  // The layer of a linked copy knows nothing of what lies below it.
  if (isLinked) {
    for (const [path, node] of target.takeChanges()) {
      if (node.type === 'directory' && at.tree.get(path)?.type === 'symlink') {
        throw refusal(`does not know where COPY --link leads: /${shown(path)} is a symbolic link`, location);
      }
      at.tree.replace(path, node);
    }
  }
  return noted(at.image, noteOf(instruction, words), {}, true);
}

/** Refuses a COPY with flags that this engine does not know. @throws GoDockerError with file and line. */
export function assertKnownFlags({ keyword, flags, location }: Instruction): void {
  const unknown = [...flags.keys()].find((flag) => !FLAGS.has(flag));
  if (unknown !== undefined) throw refusal(`does not know ${keyword} --${unknown}`, location);
}

function wordsOf(
  { keyword, rest, location, heredocs }: Instruction,
  { reading }: StageContext,
): readonly string[] {
  const words = jsonWords(rest) ?? plainOrJsonWords(rest);
  return words.map((word) => {
    if (heredocs.length > 0 && isHeredoc(word))
      return `<<${heredocs.find(({ quoted }) => word.endsWith(quoted))?.name ?? ''}`;
    const text = reading.expand(word, lookupIn(reading.variables), location);
    if (
      keyword === 'ADD' &&
      (/^(https?|git|ssh):|^git@/.test(text) || /\.(tar|tgz|gz|bz2|xz|zst)$/.test(text))
    ) {
      throw refusal(
        'fetches and unpacks nothing for ADD',
        location,
        'have the files in the context and write COPY',
      );
    }
    return text;
  });
}

async function orderOf(
  { flags, location }: Instruction,
  { image, tree }: BuiltStage,
  { reading }: StageContext,
): Promise<Omit<CopyOrder, 'sources' | 'destination'>> {
  const said = (flag: string) => {
    const word = flags.get(flag)?.at(-1);
    return word === undefined ? undefined : reading.expand(word, lookupIn(reading.variables), location);
  };
  const chmod = said('chmod');
  if (chmod !== undefined && !/^[0-7]{1,4}$/.test(chmod)) {
    throw refusal(`knows no mode ${chmod}`, location, 'write it in octal digits, such as 755');
  }
  const chown = said('chown');
  return {
    workingFolder: bytesOf(textOf(image.config['WorkingDir']) || '/'),
    ...(chown !== undefined && { owner: await ownerAt(chown, tree, location) }),
    ...(chmod !== undefined && { mode: Number.parseInt(chmod, 8) }),
  };
}

async function sourceOf(
  { flags, location }: Instruction,
  sources: readonly string[],
  { stage, build }: StageContext,
): Promise<FileTree> {
  const name = flags.get('from')?.at(-1);
  if (name === undefined) return build.context();
  const context = build.plan.contexts[name];
  if (context !== undefined) {
    if (!isAddress(context)) return build.context(name);
    if (!/^(docker-image|oci-layout):/.test(context))
      throw refusal(`fetches no build context from ${context}`, location);
    const named = { ...stage, from: name, location, instructions: [], platform: undefined };
    return (await build.built(named)).tree;
  }
  const other = stageCalled(build.stages, name, stage);
  if (!other) return imageFiles(name, { ...stage, location }, build);
  const built = await build.built(other);
  if (built.compiler) assertKnownSources(sources, built.tree, built.compiler.release.image, location);
  return built.tree;
}

function heredocFiles({ heredocs, location }: Instruction, { reading, build }: StageContext): FileTree {
  const expand = expanderOf(build.dockerfile, true);
  return FileTree.of(
    heredocs.map(({ name, text, expands }) => {
      const filled = expands ? expand(text, lookupIn(reading.variables), location) : text;
      const bytes = Buffer.from(filled);
      const open = () => Readable.from([bytes]);
      return [name, { type: 'file', mode: 0o644, size: bytes.length, open, ...ROOT_OWNER }];
    }),
  );
}

/** As BuildKit notes it: without `--from` and `--link`. */
function noteOf({ keyword, flags }: Instruction, words: readonly string[]): string {
  const noted = ['chown', 'chmod'].flatMap((flag) => {
    const value = flags.get(flag)?.at(-1);
    return value === undefined ? [] : [`--${flag}=${value}`];
  });
  return [keyword, ...noted, ...words, '# buildkit'].join(' ');
}
