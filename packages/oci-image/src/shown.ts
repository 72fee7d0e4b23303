const MAX_SHOWN = 300;

/** @returns What somebody else has written, for an error: it must not move the cursor of a terminal, nor begin a line. */
export function shown(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MAX_SHOWN);
}
