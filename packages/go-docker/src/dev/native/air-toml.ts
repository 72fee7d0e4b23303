import { GoDockerError, type SourceLocation } from '../../errors';

/** Where an app's loop takes place on this machine. */
export interface NativePlaces {
  /** Absolute path of the workspace. */
  readonly root: string;
  /** Absolute path of a folder of this session alone. */
  readonly temporary: string;
}

/**
 * The settings of air for this machine: those of the container, with its folders replaced wherever a path begins with them, in
 * `tmp_dir` as in the commands. A relative `root` is right here too: air runs in the project's folder.
 *
 * @throws GoDockerError where the file does not say the folder for what air builds.
 */
export function airTomlHere(text: string, places: NativePlaces, location: SourceLocation): string {
  const root = topLevelText(text, 'root');
  const temporary = topLevelText(text, 'tmp_dir');
  if (temporary === undefined) {
    throw new GoDockerError('"tmp_dir" is missing', {
      location,
      advice: 'write tmp_dir = "/tmp/air" before the first table',
    });
  }
  const replacements = new Map([[temporary, places.temporary]]);
  if (root?.startsWith('/')) replacements.set(root, places.root);
  // In one pass, or a place that has been put in could be replaced again.
  const either = [...replacements.keys()].sort((one, other) => other.length - one.length).map(escaped);
  return text.replace(new RegExp(`(?<![\\w./-])(${either.join('|')})(?![\\w.-])`, 'g'), (place) =>
    forToml(replacements.get(place) ?? place),
  );
}

/** A key before the first table. (https://toml.io/en/v1.0.0#table) */
function topLevelText(text: string, key: string): string | undefined {
  const [top = ''] = text.split(/^\s*\[/m);
  return new RegExp(`^\\s*${key}\\s*=\\s*["']([^"']+)["']`, 'm').exec(top)?.[1];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Go takes slashes on Windows too, and TOML would take a backslash for an escape. */
function forToml(path: string): string {
  return path.replaceAll('\\', '/');
}
