import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Where a secret can be read: files below the folders, as they are and unpacked, and the texts. It is looked for as it is, as URLs
 * write it, in hexadecimal digits, and in base64 wherever it may stand in what was encoded.
 */
export function leaksOf(
  secret: string,
  folders: readonly string[],
  texts: Readonly<Record<string, string>>,
): string[] {
  const forms = formsOf(secret);
  const holds = (bytes: Buffer) => forms.some((form) => bytes.includes(form));
  const files = folders.flatMap((folder) => filesBelow(folder).filter((file) => holds(unpacked(file))));
  return [...files, ...Object.keys(texts).filter((name) => holds(Buffer.from(texts[name] ?? '')))];
}

/** Also counts what there was to look at: nothing is found where nothing is. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('hex'),
    ...[0, 1, 2].flatMap((before) => base64Core(secret, before)),
  ];
}

/** What base64 makes of the secret behind so many other bytes: without the ends, which its neighbours decide. */
function base64Core(secret: string, before: number): string[] {
  const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString('base64');
  const core = encoded.replace(/=+$/, '').slice(before === 0 ? 0 : before + 1, -1);
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
}

function unpacked(file: string): Buffer {
  const bytes = readFileSync(file);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzip ? gunzipSync(bytes) : bytes;
}
