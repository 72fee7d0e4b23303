import type { BuildInfo, BuildSetting, GoModuleVersion } from './build-info';
import { GoBinaryError } from '../errors';
import { unquote } from './go-quote';

/**
 * Reads the lines that `go version -m` prints below the version.
 * https://github.com/golang/go/blob/go1.26.0/src/runtime/debug/mod.go, ParseBuildInfo
 * @param where Names the program in errors.
 * @throws GoBinaryError for lines that Go would not take either.
 */
export function parseModuleInfo(text: string, where: string): Omit<BuildInfo, 'goVersion'> {
  const deps: GoModuleVersion[] = [];
  const settings: BuildSetting[] = [];
  let path: string | undefined;
  let main: GoModuleVersion | undefined;
  let last: 'main' | 'dep' | undefined;
  // What follows the last line feed is no line, so that text which was cut off is not taken for less than it was.
  for (const [at, line] of text.split('\n').slice(0, -1).entries()) {
    const [kind, ...columns] = line.split('\t');
    if (kind === 'path') path = columns.join('\t');
    else if (kind === 'mod') [main, last] = [moduleOf(columns, at), 'main'];
    else if (kind === 'dep') {
      deps.push(moduleOf(columns, at));
      last = 'dep';
    } else if (kind === '=>') last = replaceLast(columns, at);
    else if (kind === 'build') settings.push(settingOf(line.slice('build\t'.length), at));
  }
  return { path, main, deps, settings };

  function replaceLast(columns: readonly string[], at: number): undefined {
    const replaced = last === 'main' ? main : last === 'dep' ? deps.pop() : undefined;
    if (!replaced || columns.length !== 3) throw malformed(at);
    const whole = { ...replaced, replace: moduleOf(columns, at) };
    if (last === 'main') main = whole;
    else deps.push(whole);
    return undefined;
  }

  function moduleOf(columns: readonly string[], at: number): GoModuleVersion {
    const [modulePath, version, sum] = columns;
    if (modulePath === undefined || version === undefined || columns.length > 3) throw malformed(at);
    return { path: modulePath, version: version || undefined, sum: sum || undefined };
  }

  function settingOf(line: string, at: number): BuildSetting {
    const quoted = /^(?:"(?:[^"\\]|\\.)*"|`[^`]*`)(?==)/.exec(line)?.[0];
    const rawKey = quoted ?? line.slice(0, Math.max(line.indexOf('='), 0));
    const rawValue = line.slice(rawKey.length + 1);
    const [key, value] = [unquoteIfQuoted(rawKey), unquoteIfQuoted(rawValue)];
    if (!key || value === undefined) throw malformed(at);
    return { key, value };
  }

  function malformed(at: number): GoBinaryError {
    return new GoBinaryError(`the program's build information is malformed in line ${at + 1}`, {
      location: { file: where },
      advice: 'build it again',
    });
  }
}

function unquoteIfQuoted(text: string): string | undefined {
  return /^["`]/.test(text) ? unquote(text) : text;
}
