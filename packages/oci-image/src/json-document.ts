import { type Bytes, type Digest, isDigest } from './blobs/digest';
import { OciImageError } from './errors';

type JsonObject = Readonly<Record<string, unknown>>;

/** A JSON object from outside: what is asked of it is either there in the right form or an OciImageError. */
export class JsonDocument {
  private constructor(
    private readonly object: JsonObject,
    private readonly where: string,
    private readonly path: string,
  ) {}

  /** @param where Names the document in errors. @throws OciImageError where the text is no JSON object. */
  static parse(text: string, where: string): JsonDocument {
    return JsonDocument.of(parse(text, where), where, '');
  }

  /** @throws OciImageError where the text is no JSON list of objects. */
  static parseList(text: string, where: string): JsonDocument[] {
    const list = parse(text, where);
    if (!Array.isArray(list)) throw malformed(where, 'it is not a list');
    return list.map((item, at) => JsonDocument.of(item, where, `[${at}]`));
  }

  private static of(value: unknown, where: string, path: string): JsonDocument {
    if (isObject(value)) return new JsonDocument(value, where, path);
    throw malformed(where, `${path || 'it'} is not an object`);
  }

  /** The object itself, unchecked. */
  get raw(): JsonObject {
    return this.object;
  }

  string(key: string): string {
    const value = this.object[key];
    return typeof value === 'string' && value !== '' ? value : this.fail(key, 'is not a text');
  }

  optionalString(key: string): string | undefined {
    return isAbsent(this.object[key]) || this.object[key] === '' ? undefined : this.string(key);
  }

  digest(key: string): Digest {
    const value = this.object[key];
    return isDigest(value) ? value : this.fail(key, 'is not a sha256 digest');
  }

  bytes(key: string): Bytes {
    const value = this.object[key];
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : this.fail(key, 'is not a number of bytes');
  }

  child(key: string): JsonDocument {
    return JsonDocument.of(this.object[key], this.where, this.pathOf(key));
  }

  optionalChild(key: string): JsonDocument | undefined {
    return isAbsent(this.object[key]) ? undefined : this.child(key);
  }

  /** @returns [] where there is no such list. */
  children(key: string): JsonDocument[] {
    return this.list(key).map((item, at) => JsonDocument.of(item, this.where, `${this.pathOf(key)}[${at}]`));
  }

  /** @returns [] where there is no such list. */
  strings(key: string): string[] {
    return this.list(key).map((item) =>
      typeof item === 'string' ? item : this.fail(key, 'holds something else than texts'),
    );
  }

  /** @returns [] where there is no such list. */
  digests(key: string): Digest[] {
    return this.list(key).map((item) =>
      isDigest(item) ? item : this.fail(key, 'holds something else than sha256 digests'),
    );
  }

  fail(key: string, what: string): never {
    throw malformed(this.where, `'${this.pathOf(key)}' ${what}`);
  }

  private list(key: string): readonly unknown[] {
    const value = this.object[key];
    if (isAbsent(value)) return [];
    return Array.isArray(value) ? (value as unknown[]) : this.fail(key, 'is not a list');
  }

  private pathOf(key: string): string {
    return this.path ? `${this.path}.${key}` : key;
  }
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new OciImageError('the image is malformed: this is not JSON', { location: { file: where }, cause });
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Go writes `null` for a list or an object that is not there. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function malformed(where: string, what: string): OciImageError {
  return new OciImageError(`the image is malformed: ${what}`, { location: { file: where } });
}
