/**
 * The name under which a project's files stand in `dist/images` and `dist/image-sizes`. Nx project names may hold anything
 * (`@shop/api`, `../x`, `a b`, `$(id)`, `:shop:api`); this is always one plain path segment, and another one for each name.
 *
 * `/` becomes `+`; letters, digits and `@ . _ -` stay; every other byte of the UTF-8 form is written `%XX`. A leading `.` (our own
 * temporary folders have one) and a `.` at the end (which Windows drops) are written `%2E`.
 */
export function projectPath(projectName: string): string {
  const encoded = Array.from(Buffer.from(projectName, 'utf8'), encodeByte).join('');
  return encoded.replace(/^\.|\.$/g, '%2E');
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === '/') return '+';
  return /[A-Za-z0-9@._-]/.test(character)
    ? character
    : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
