import { posix } from 'node:path';
import {
  Add,
  Arg,
  Copy,
  DockerfileParser,
  Env,
  From,
  JSONInstruction,
  Keyword,
  Run,
  type Instruction,
} from 'dockerfile-ast';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';
import type { Dockerfile, Stage } from './dockerfile';
import { managedBlocks } from './managed-block';
import { expandWord, type Variables } from './variables';

/**
 * Reads a Dockerfile's stages, and what it takes from the build context.
 *
 * @throws GoDockerError with file and line for what BuildKit would refuse to read, and for a broken managed block.
 */
export function readDockerfile(text: string, file: WorkspacePath): Dockerfile {
  const parsed = DockerfileParser.parse(text);
  const instructions = parsed.getInstructions();
  assertReadable(instructions, file);
  const managed = managedBlocks(text, file);
  const stages: Stage[] = [];
  const sources = new Set<WorkspacePath>();
  const scope = new Scope(parsed.getEscapeCharacter());
  for (const instruction of instructions) {
    const line = lineOf(instruction);
    if (instruction instanceof From) {
      const stage = readStage(instruction, scope, line);
      scope.enter(stage);
      stages.push(stage);
    } else {
      scope.define(instruction);
      if (managed.some((block) => line >= block.line && line < block.line + block.lines.length)) continue;
      contextWords(instruction).forEach((word) => {
        const source = contextPath(scope.expand(word));
        if (source !== undefined) sources.add(source);
      });
    }
  }
  return { stages, contextSources: [...sources].sort() };
}

/** Whether the Dockerfile has a stage of that name. */
export function hasStage({ stages }: Dockerfile, name: string): boolean {
  return stages.some((stage) => stage.name === name.toLowerCase());
}

/** The variables that are known at a line. */
class Scope {
  private readonly globals = new Map<string, string | undefined>();
  private readonly ofStages = new Map<string, Variables>();
  private current: Map<string, string | undefined> | undefined;

  constructor(private readonly escape: string) {}

  /** Before the first `FROM` and in the `FROM` lines themselves, only the arguments above all stages count. */
  expandImage(word: string): string {
    return expandWord(word, this.globals, this.escape) ?? word;
  }

  expand(word: string): string | undefined {
    return expandWord(word, this.current ?? this.globals, this.escape);
  }

  enter(stage: Stage): void {
    this.current = new Map(this.ofStages.get(stage.from.toLowerCase()));
    if (stage.name !== undefined) this.ofStages.set(stage.name, this.current);
  }

  define(instruction: Instruction): void {
    if (!(instruction instanceof Arg || instruction instanceof Env)) return;
    const properties =
      instruction instanceof Env
        ? instruction.getProperties()
        : argumentPairs(instruction.getArguments().map(String));
    for (const property of properties) {
      const name = property.getName();
      const value = property.getValue();
      const inherited = instruction instanceof Arg ? this.globals.get(name) : undefined;
      (this.current ?? this.globals).set(name, value === null ? inherited : this.expand(value));
    }
  }
}

/** `ARG` takes several names, of which dockerfile-ast gives only the first. */
function argumentPairs(
  words: readonly string[],
): readonly { getName(): string; getValue(): string | null }[] {
  return words.map((word) => {
    const equals = word.indexOf('=');
    return {
      getName: () => (equals < 0 ? word : word.slice(0, equals)),
      getValue: () => (equals < 0 ? null : word.slice(equals + 1)),
    };
  });
}

function readStage(from: From, scope: Scope, line: number): Stage {
  const name = from.getBuildStage()?.toLowerCase();
  return { ...(name !== undefined && { name }), from: scope.expandImage(from.getImage() ?? ''), line };
}

/** The words of an instruction that name something in the build context. */
function contextWords(instruction: Instruction): readonly string[] {
  if (instruction instanceof Run) {
    return instruction
      .getFlags()
      .filter((flag) => flag.getName().toLowerCase() === 'mount')
      .flatMap((flag) => bindSource(flag.getValue() ?? ''));
  }
  if (!(instruction instanceof Copy || instruction instanceof Add)) return [];
  if (instruction.getFlags().some((flag) => flag.getName().toLowerCase() === 'from')) return [];
  return words(instruction)
    .slice(0, -1)
    .filter((word) => !word.startsWith('<<') && !/^(https?|git|ssh):\/\/|^git@/.test(word));
}

function bindSource(mount: string): readonly string[] {
  const options = new Map(
    mount.split(',').map((option) => {
      const [key = '', ...value] = option.split('=');
      return [key.toLowerCase(), value.join('=')] as const;
    }),
  );
  const source = options.get('source') ?? options.get('src');
  return (options.get('type') ?? 'bind') === 'bind' && !options.has('from') && source !== undefined
    ? [source]
    : [];
}

function words(instruction: JSONInstruction): readonly string[] {
  const json = jsonWords(instruction.getArgumentsContent() ?? '');
  if (json) return json;
  const args = instruction.getArguments();
  // After a heredoc begins, the words of its text follow as arguments.
  const heredoc = args.find((argument) => argument.getValue().startsWith('<<'));
  const lastLine = heredoc?.getRange().start.line ?? Infinity;
  return args.filter((argument) => argument.getRange().start.line <= lastLine).map(String);
}

/** What is no array of strings is read as plain words, as BuildKit does. */
function jsonWords(content: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

/** As Docker reads a source: from the root of the context, which nothing leaves. */
function contextPath(source: string | undefined): WorkspacePath | undefined {
  if (source === undefined) return undefined;
  const path = posix.join('/', source).slice(1).replace(/\/$/, '');
  return path === '' ? undefined : path;
}

const keywords: ReadonlySet<string> = new Set(Object.values(Keyword));

function assertReadable(instructions: readonly Instruction[], file: WorkspacePath): void {
  let inStage = false;
  for (const instruction of instructions) {
    const location = { file, line: lineOf(instruction) };
    const keyword = instruction.getKeyword();
    if (!keywords.has(keyword)) {
      throw new GoDockerError(`Unknown instruction ${instruction.getInstruction()}`, {
        location,
        advice: 'Correct the word, or continue the line before with a backslash.',
      });
    }
    inStage ||= instruction instanceof From;
    if (!inStage && !(instruction instanceof Arg)) {
      throw new GoDockerError(`${keyword} before the first FROM`, {
        location,
        advice: 'Move it below a FROM line.',
      });
    }
    if (instruction instanceof From) assertFrom(instruction, location);
    if (instruction instanceof Copy || instruction instanceof Run) assertHeredocsEnd(instruction, location);
  }
  if (!inStage)
    throw new GoDockerError('A Dockerfile without a FROM', { location: { file }, advice: 'Add a stage.' });
}

function assertFrom(from: From, location: { file: string; line: number }): void {
  const args = from.getArguments().map(String);
  if (args.length === 1 || (args.length === 3 && args[1]?.toLowerCase() === 'as')) return;
  throw new GoDockerError('FROM takes an image, or an image and a name', {
    location,
    advice: 'Write FROM image AS name.',
  });
}

function assertHeredocsEnd(instruction: Copy | Run, location: { file: string; line: number }): void {
  const open = instruction
    .getHeredocs()
    .find((heredoc) => heredoc.getName() && heredoc.getDelimiterRange() === null);
  if (!open) return;
  throw new GoDockerError(`The heredoc ${open.getName()} has no end`, {
    location,
    advice: `Put a line with nothing but ${open.getName()} below its text.`,
  });
}

function lineOf(instruction: Instruction): number {
  return instruction.getRange().start.line + 1;
}
