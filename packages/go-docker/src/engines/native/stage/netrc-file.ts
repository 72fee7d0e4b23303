import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { GoDockerError } from '../../../errors';
import type { ImagePlan } from '../../engine';

/**
 * The netrc file that the secret of that id is, or is in; one that a variable holds is written to a file that its user alone reads.
 * (https://docs.docker.com/reference/cli/docker/buildx/build/#secret)
 *
 * @param directory A folder of this build.
 * @returns undefined where there is no such secret.
 * @throws GoDockerError where it comes from nowhere, or from a variable that is not set.
 */
export function netrcFile(
  { secrets, workspaceRoot }: Pick<ImagePlan, 'secrets' | 'workspaceRoot'>,
  directory: string,
): string | undefined {
  const fields = secrets.map(fieldsOf).find((each) => each.get('id') === 'netrc');
  if (!fields) return undefined;
  const source = fields.get('src') ?? fields.get('source');
  const variable = fields.get('env') ?? (fields.get('type') === 'env' ? source : undefined);
  if (variable === undefined && source !== undefined) return resolve(workspaceRoot, source);
  // BuildKit takes an id alone for the name of a variable, too.
  const name = variable ?? 'netrc';
  const text = process.env[name];
  if (text === undefined) {
    throw new GoDockerError(`the secret netrc comes from the variable ${name}, which is not set`, {
      advice: 'set it, or write --secrets=id=netrc,src=<file>',
    });
  }
  const file = join(directory, 'netrc');
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

/** A line of comma-separated values, each `name=value`. (https://pkg.go.dev/encoding/csv) */
function fieldsOf(secret: string): ReadonlyMap<string, string> {
  const fields = [...secret.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  return new Map(
    fields.map(([, quoted, plain = '']) => {
      const field = quoted?.replaceAll('""', '"') ?? plain;
      const at = field.indexOf('=');
      return at < 0 ? [field, ''] : [field.slice(0, at).toLowerCase(), field.slice(at + 1)];
    }),
  );
}
