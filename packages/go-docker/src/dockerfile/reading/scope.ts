import { Arg, Env, type Instruction } from 'dockerfile-ast';
import { expandWord } from './variables';

/** The variables that are known from one line of a Dockerfile to the next. */
export class Scope {
  private readonly globals = new Map<string, string | undefined>();
  private readonly ofStages = new Map<string, Map<string, string | undefined>>();
  private current = this.globals;

  constructor(private readonly escape: string) {}

  /** A word of a `FROM`: only the arguments above all stages count there. What only the build knows stays as it is. */
  expandImage(word: string): string {
    return expandWord(word, this.globals, this.escape) ?? word;
  }

  /** A word of the stage; undefined where only the build knows it. */
  expand(word: string): string | undefined {
    return expandWord(word, this.current, this.escape);
  }

  /** A stage begins, with the variables of the stage it starts from, if that is one. */
  enter(stage: { readonly name?: string; readonly from: string }): void {
    this.current = new Map(this.ofStages.get(stage.from.toLowerCase()));
    if (stage.name !== undefined) this.ofStages.set(stage.name, this.current);
  }

  /** Takes up what an `ARG` or `ENV` says. */
  define(instruction: Instruction): void {
    if (instruction instanceof Env) {
      for (const property of instruction.getProperties()) {
        this.current.set(property.getName(), this.expand(property.getValue() ?? ''));
      }
    }
    if (!(instruction instanceof Arg)) return;
    // ARG takes several names, of which dockerfile-ast gives only the first.
    for (const word of instruction.getArguments().map(String)) {
      const [name = '', ...value] = word.split('=');
      this.current.set(name, value.length === 0 ? this.globals.get(name) : this.expand(value.join('=')));
    }
  }
}
