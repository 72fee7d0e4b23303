import type { SourceLocation } from '../../../errors';
import { refusal } from '../refusal';
import { expandWord, UnreadableWord, type Lookup } from './expand-word';
import type { ParsedDockerfile } from './instruction';

/** Fills in the variables of a word that stands at a place of a Dockerfile. */
export type Expander = (word: string, lookup: Lookup, location: SourceLocation) => string;

/** @returns What fills in words of this Dockerfile; it throws a GoDockerError with the place of a word that cannot be read. */
export function expanderOf({ escape }: ParsedDockerfile, raw = false): Expander {
  return (word, lookup, location) => {
    try {
      return expandWord(word, lookup, { escape, raw });
    } catch (error) {
      if (error instanceof UnreadableWord) throw refusal(`cannot read this line: ${error.message}`, location);
      throw error;
    }
  };
}
