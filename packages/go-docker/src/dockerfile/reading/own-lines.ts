import type { ManagedBlock } from '../../managed-block/managed-block';

const KEPT = /^(FROM|ARG|ENV)\s/i;

/**
 * The text with nothing left of managed blocks but the stages and variables that they define, every line where it was. What else a block
 * holds is made from the workspace and compared with it as a whole, and may be thousands of words that take a parser long.
 */
export function ownLines(text: string, blocks: readonly ManagedBlock[]): string {
  const lines = text.split('\n');
  for (const block of blocks) {
    let isKept = false;
    block.lines.forEach((line, index) => {
      isKept = KEPT.test(line) || (isKept && /\\\s*$/.test(block.lines[index - 1] ?? ''));
      if (!isKept) lines[block.line - 1 + index] = '';
    });
  }
  return lines.join('\n');
}
