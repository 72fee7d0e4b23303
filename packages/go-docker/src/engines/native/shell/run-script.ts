import { posix } from 'node:path';
import { shellPattern } from '../dockerfile/trim-pattern';
import { UnknownScript, type Script, type SimpleCommand } from './script';
import { shellFields, shellPatternText, shellText } from './shell-words';

/** What a command is started with. */
export interface Started {
  readonly args: readonly string[];
  /** What the shell has exported. */
  readonly environment: ReadonlyMap<string, string>;
  /** Absolute, in the image. */
  readonly workingFolder: string;
}

/** The programs that a script may start. They throw where they fail: no command of such a script is meant to. */
export type Programs = Readonly<Record<string, (started: Started) => Promise<void>>>;

/**
 * Runs a script without a shell.
 *
 * @throws UnknownScript; what the programs throw.
 */
export async function runScript(script: Script, start: Started, programs: Programs): Promise<void> {
  await new Shell(start, programs).run(script);
}

/** Variables that a shell or its container sets; what they hold is known to them alone. */
const OF_THE_SHELL =
  /^(HOME|HOSTNAME|PATH|IFS|PPID|PS[124]|OPTIND|LINENO|SHLVL|E?UID|RANDOM|SECONDS|BASH\w*|_)$/;

/** What the shell does itself. */
export const BUILTINS: ReadonlySet<string> = new Set(['cd', 'export', 'set', 'true', ':']);

class Shell {
  private readonly variables: Map<string, string>;
  private readonly exported: Set<string>;
  private folder: string;
  /** After `set -u`. */
  private forbidsUnset = false;

  constructor(
    { environment, workingFolder }: Started,
    private readonly programs: Programs,
  ) {
    this.variables = new Map(environment);
    this.exported = new Set(environment.keys());
    this.folder = workingFolder;
    this.variables.set('PWD', workingFolder);
  }

  async run(script: Script): Promise<void> {
    for (const { joined, command } of script) {
      // Everything before has succeeded: what fails ends the build.
      if (joined === 'or') continue;
      if (command.kind === 'simple') await this.start(command);
      else {
        const text = shellText(command.word, this.lookup);
        const matches = (pattern: string) => shellPattern(shellPatternText(pattern, this.lookup))(text);
        const arm = command.arms.find(({ patterns }) => patterns.some(matches));
        if (arm) await this.run(arm.body);
      }
    }
  }

  private readonly lookup = (name: string, isNeeded: boolean) => {
    const value = this.variables.get(name);
    if (value !== undefined) return value;
    if (OF_THE_SHELL.test(name)) throw new UnknownScript(`reads $${name} of the shell`);
    if (isNeeded && this.forbidsUnset)
      throw new UnknownScript(`reads $${name}, which has no value, after "set -u"`);
    return undefined;
  };

  private async start({ assignments, words }: SimpleCommand): Promise<void> {
    const [name, ...args] = words.flatMap((word) => shellFields(word, this.lookup));
    const values = this.valuesOf(assignments);
    // Which of them stay differs from builtin to builtin, and from shell to shell.
    if (name !== undefined && BUILTINS.has(name) && values.size > 0)
      throw new UnknownScript(`sets a variable for "${name}" alone`);
    if (name === undefined) for (const [key, value] of values) this.variables.set(key, value);
    else if (name === 'export') this.export(args);
    else if (name === 'cd') this.changeFolder(args);
    else if (name === 'set') this.set(args);
    else if (!BUILTINS.has(name)) {
      const program = this.programs[name];
      if (!program) throw new UnknownScript(`runs "${name}"`);
      const exported = [...this.variables].filter(([key]) => this.exported.has(key));
      await program({ args, environment: new Map([...exported, ...values]), workingFolder: this.folder });
    }
  }

  /** From left to right: each sees those before it. */
  private valuesOf(assignments: SimpleCommand['assignments']): ReadonlyMap<string, string> {
    const values = new Map<string, string>();
    for (const [key, word] of assignments)
      values.set(
        key,
        shellText(word, (name, isNeeded) => values.get(name) ?? this.lookup(name, isNeeded)),
      );
    return values;
  }

  private changeFolder(args: readonly string[]): void {
    const [folder = this.lookup('HOME', true) ?? '', ...others] = args;
    if (others.length > 0 || folder.startsWith('-')) throw new UnknownScript(`runs "cd ${args.join(' ')}"`);
    this.variables.set('OLDPWD', this.folder);
    this.folder = posix.resolve(this.folder, folder);
    this.variables.set('PWD', this.folder);
  }

  private export(args: readonly string[]): void {
    for (const arg of args) {
      const at = arg.indexOf('=');
      if (at > 0) this.variables.set(arg.slice(0, at), arg.slice(at + 1));
      this.exported.add(at > 0 ? arg.slice(0, at) : arg);
    }
  }

  /** Of the others the first failure ends the build anyway. */
  private set(args: readonly string[]): void {
    const isKnown = args.every((arg) => /^-[eux]+o?$/.test(arg) || arg === '-o' || arg === 'pipefail');
    if (!isKnown) throw new UnknownScript(`runs "set ${args.join(' ')}"`);
    if (args.some((arg) => /^-\w*u/.test(arg))) this.forbidsUnset = true;
  }
}
