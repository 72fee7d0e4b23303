import { BUILTINS } from './run-script';
import { UnknownScript, type Script } from './script';
import { shellText } from './shell-words';

/** A word as the shell will hand it on; undefined where that depends on variables. */
export type WrittenWord = string | undefined;

/** A command that a script may start. */
export interface WrittenCommand {
  readonly name: WrittenWord;
  readonly args: readonly WrittenWord[];
}

/** The commands of all branches of a script, without what the shell does itself. @throws UnknownScript */
export function writtenCommands(script: Script): readonly WrittenCommand[] {
  return script.flatMap(({ command }) => {
    if (command.kind === 'case') return command.arms.flatMap(({ body }) => writtenCommands(body));
    if (command.words.length === 0) return [];
    const [name, ...args] = command.words.map(written);
    return name !== undefined && BUILTINS.has(name) ? [] : { name, args };
  });
}

/**
 * Refuses a script that starts other programs, before anything of it is run.
 *
 * @throws UnknownScript
 */
export function assertKnownPrograms(commands: readonly WrittenCommand[], known: readonly string[]): void {
  // A name that a variable holds is known only when the script runs; it is looked at again then.
  const other = commands.find(({ name }) => name !== undefined && !known.includes(name));
  if (other) throw new UnknownScript(`runs "${other.name}"`);
}

function written(word: string): WrittenWord {
  return word.includes('$') ? undefined : shellText(word, () => undefined);
}
