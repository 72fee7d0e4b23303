import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { GoDockerError } from '../errors';

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads the object that a JSON file holds, as Nx reads it: comments and trailing commas are fine.
 *
 * @throws GoDockerError with file and line where it is not JSON, or no object.
 */
export function readJsonObject(text: string, file: string): JsonObject {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) {
    throw new GoDockerError(`this is not valid JSON (${inWords(printParseErrorCode(error.error))})`, {
      location: { file, line: lineAt(text, error.offset) },
      advice: 'mend this line, then run the command again; nothing was changed',
    });
  }
  if (!isJsonObject(value)) {
    throw new GoDockerError('a JSON object is expected here', { location: { file, line: 1 } });
  }
  return value;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The line, counted from 1, that holds the character at `offset`. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** `CommaExpected` as `comma expected`. */
function inWords(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
