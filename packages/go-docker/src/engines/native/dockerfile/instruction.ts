import { DockerfileParser, From } from 'dockerfile-ast';
import type { SourceLocation } from '../../../errors';
import { assertReadable } from '../../../dockerfile/reading/readable';
import { readHeredocs, type Heredoc } from './heredoc';
import { logicalLine } from './logical-line';

/** One instruction of a Dockerfile as its text has it: nothing is filled in yet. */
export interface Instruction {
  /** In capitals. */
  readonly keyword: string;
  /** Name → values of `--name=value`, in their order; `--name` alone has the value ''. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** What follows keyword and flags, continuation lines joined. */
  readonly rest: string;
  readonly heredocs: readonly Heredoc[];
  readonly location: SourceLocation;
}

/** A Dockerfile as instructions: those before the first FROM, and then a stage for each FROM. */
export interface ParsedDockerfile {
  readonly file: string;
  /** The escape character: `\` or a backtick. */
  readonly escape: string;
  readonly globals: readonly Instruction[];
  readonly stages: readonly (readonly [from: Instruction, ...rest: Instruction[]])[];
}

/**
 * @param file Names the Dockerfile in errors.
 * @throws GoDockerError with file and line for what BuildKit would refuse to read.
 */
export function parseDockerfile(text: string, file: string): ParsedDockerfile {
  const parsed = DockerfileParser.parse(text);
  const instructions = parsed.getInstructions();
  assertReadable(instructions, file);
  const escape = parsed.getEscapeCharacter();
  const lines = text.split('\n');
  const globals: Instruction[] = [];
  const stages: [Instruction, ...Instruction[]][] = [];
  for (const instruction of instructions) {
    const { start, end } = instruction.getRange();
    const read = readInstruction(lines.slice(start.line, end.line + 1), escape, {
      file,
      line: start.line + 1,
    });
    if (instruction instanceof From) stages.push([read]);
    else (stages.at(-1) ?? globals).push(read);
  }
  return { file, escape, globals, stages };
}

function readInstruction(lines: readonly string[], escape: string, location: SourceLocation): Instruction {
  const { text, length } = logicalLine(lines, escape);
  const [, keyword = '', arguments_ = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  const { flags, rest } = splitFlags(arguments_);
  const takesHeredocs = /^(RUN|COPY|ADD)$/i.test(keyword);
  const heredocs = takesHeredocs ? readHeredocs(rest, lines.slice(length)) : [];
  return { keyword: keyword.toUpperCase(), flags, rest, heredocs, location };
}

const FLAG = /^--([a-z][a-z0-9-]*)(?:=((?:"[^"]*"|'[^']*'|[^\s"'])*))?(?:\s+|$)/;

function splitFlags(text: string): Pick<Instruction, 'flags' | 'rest'> {
  const flags = new Map<string, readonly string[]>();
  let rest = text;
  for (let match = FLAG.exec(rest); match; match = FLAG.exec(rest)) {
    const [whole, name = '', value = ''] = match;
    flags.set(name, [...(flags.get(name) ?? []), value.replace(/["']/g, '')]);
    rest = rest.slice(whole.length);
  }
  return { flags, rest: rest.trim() };
}
