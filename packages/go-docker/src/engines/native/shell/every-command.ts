import type { Script } from './script';
import { isBuiltin } from './run-script';
import { shellText } from './shell-words';

/**
 * Whether all programs that a script may start are such ones, whatever its variables hold.
 *
 * @param isSuch Is given a program's name and arguments as far as they are written out: undefined where variables are in them.
 */
export function everyCommand(
  script: Script,
  isSuch: (name: string | undefined, args: readonly (string | undefined)[]) => boolean,
): boolean {
  return script.every(({ command }) => {
    if (command.kind === 'case') return command.arms.every(({ body }) => everyCommand(body, isSuch));
    if (command.words.length === 0) return true;
    const [name, ...args] = command.words.map((word) =>
      word.includes('$') ? undefined : shellText(word, () => undefined),
    );
    return (name !== undefined && isBuiltin(name)) || isSuch(name, args);
  });
}
