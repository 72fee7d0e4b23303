/** A script as far as this engine runs it: the commands that a Dockerfile builds a Go program with. */
export type Script = readonly Statement[];

/** A command, and what has to be true of the one before it. */
export interface Statement {
  /** `and` runs it where the one before succeeded, `or` where it failed, `then` in any case. */
  readonly joined: 'then' | 'and' | 'or';
  readonly command: SimpleCommand | CaseCommand;
}

export interface SimpleCommand {
  readonly kind: 'simple';
  /** `[name, word]` in front of the command, or alone. */
  readonly assignments: readonly (readonly [string, RawWord])[];
  readonly words: readonly RawWord[];
}

export interface CaseCommand {
  readonly kind: 'case';
  readonly word: RawWord;
  readonly arms: readonly { readonly patterns: readonly RawWord[]; readonly body: Script }[];
}

/** A word with its quotes and variables as they stand. */
export type RawWord = string;

/** A script that this engine does not run; the message says why, as the end of a sentence that begins with `it`. */
export class UnknownScript extends Error {
  override readonly name = 'UnknownScript';
}
