/** What Go holds for a blank (unicode.IsSpace): unlike in JavaScript, U+0085 is one and U+FEFF is none. */
export const IS_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** The text without blanks at both ends (strings.TrimSpace). */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && IS_SPACE.test(text.charAt(start))) start++;
  while (end > start && IS_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
