/**
 * A name that an image or a program gives to one of its parts, for a terminal or the log of a job: control characters, which could begin a line, colour it or
 * give a command to a CI system (`\n::stop-commands::`), stand as `\x0a`, and so do those that turn the direction of text (`\u202e`).
 */
export function printable(name: string): string {
  return name.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
  });
}
