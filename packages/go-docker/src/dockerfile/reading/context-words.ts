import { Add, Copy, JSONInstruction, Run, type Instruction } from 'dockerfile-ast';

/** The words of an instruction that name something in the build context. */
export function contextWords(instruction: Instruction): readonly string[] {
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
export function jsonWords(content: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
