import { assertGoVersion } from '../../apps/go-version';
import { type BaseRequest, movables } from '../../bases/move';
import { GoDockerError } from '../../errors';

/** Options of `nx g go-docker:update-bases` as Nx passes them; schema.json says what they mean. */
export interface UpdateBasesOptions {
  readonly only?: string | readonly string[];
  readonly go?: string | number;
}

/**
 * The options, checked, with every default filled in.
 *
 * @throws GoDockerError that names the option whose value cannot stand, and what to write.
 */
export function baseRequest({ only, go }: UpdateBasesOptions): BaseRequest {
  const named = (typeof only === 'string' ? [only] : (only ?? []))
    .flatMap((each) => each.split(','))
    .map((each) => each.trim())
    .filter((each) => each !== '');
  const chosen = named.length === 0 ? movables : named.map(movable);
  const version = go === undefined || go === '' ? undefined : goVersion(go);
  if (version !== undefined && !chosen.includes('go')) {
    throw new GoDockerError(`--go=${version} moves Go, and --only=${named.join(',')} leaves it where it is`, {
      advice: `write --only=${[...named, 'go'].join(',')}`,
    });
  }
  return { only: chosen, go: version };
}

function movable(name: string): (typeof movables)[number] {
  const known = movables.find((each) => each === name);
  if (known !== undefined) return known;
  throw new GoDockerError(`--only=${name} is nothing that can be moved`, {
    advice: `choose of ${movables.join(', ')}`,
  });
}

/** Nx makes a number of what looks like one: 1.30 arrives as 1.3, which is the name of an old release. */
function goVersion(value: string | number): string {
  const version = String(value).trim();
  if (typeof value === 'number' && /^\d+\.\d$/.test(version)) {
    throw new GoDockerError(`--go=${version} may stand for ${version} or for ${version}0`, {
      advice: `write the release in full, such as ${version}0.0`,
    });
  }
  assertGoVersion(version);
  return version;
}
