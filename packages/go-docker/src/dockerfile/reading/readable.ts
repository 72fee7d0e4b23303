import { Arg, Copy, From, Keyword, Run, type Instruction } from 'dockerfile-ast';
import { GoDockerError, type SourceLocation } from '../../errors';

const keywords: ReadonlySet<string> = new Set(Object.values(Keyword));

/**
 * Refuses what BuildKit would refuse to read.
 *
 * @throws GoDockerError with file and line.
 */
export function assertReadable(instructions: readonly Instruction[], file: string): void {
  let inStage = false;
  for (const instruction of instructions) {
    const location = { file, line: instruction.getRange().start.line + 1 };
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
    if ((instruction instanceof Copy || instruction instanceof Run) && mayHoldHeredoc(instruction))
      assertHeredocsEnd(instruction, location);
  }
  if (!inStage)
    throw new GoDockerError('A Dockerfile without a FROM', { location: { file }, advice: 'Add a stage.' });
}

function assertFrom(from: From, location: SourceLocation): void {
  const args = from.getArguments().map(String);
  if (args.length === 1 || (args.length === 3 && args[1]?.toLowerCase() === 'as')) return;
  throw new GoDockerError('FROM takes an image, or an image and a name', {
    location,
    advice: 'Write FROM image AS name.',
  });
}

/** Looking for heredocs takes an instruction apart into all its words. */
function mayHoldHeredoc(instruction: Instruction): boolean {
  return instruction.getArgumentsContent()?.includes('<<') ?? false;
}

function assertHeredocsEnd(instruction: Copy | Run, location: SourceLocation): void {
  const open = instruction
    .getHeredocs()
    .find((heredoc) => heredoc.getName() && heredoc.getDelimiterRange() === null);
  if (!open) return;
  throw new GoDockerError(`The heredoc ${open.getName()} has no end`, {
    location,
    advice: `Put a line with nothing but ${open.getName()} below its text.`,
  });
}
