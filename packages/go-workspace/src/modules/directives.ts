import { unquote } from '../sources/go-literal';
import type { GoWorkspaceError } from '../errors';
import type { WorkspacePath } from '../files/workspace-path';
import type { GoDebug, ModuleFile, ModuleVersion, Replacement } from './module-files';
import { type Statement, syntaxError } from './mod-syntax';
import { isVersion } from './version';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A go.mod or go.work while it is read. */
export interface Draft extends Writable<Omit<ModuleFile, 'godebug' | 'replace'>> {
  readonly godebug: GoDebug[];
  readonly replace: Replacement[];
}

const GO_VERSION = /^[1-9]\d*\.(0|[1-9]\d*)(\.(0|[1-9]\d*))?([a-z]+\d+)?$/;
const TOOLCHAIN = /^default$|^go1($|\.)/;

/**
 * Adds one of the directives that go.mod and go.work share.
 *
 * @returns whether the statement was one of them.
 */
export function addSharedDirective(draft: Draft, statement: Statement): boolean {
  const { file } = draft;
  switch (statement.verb) {
    case 'go': {
      if (draft.go !== undefined) throw fail(file, statement, 'a second `go` line');
      const version = only(file, statement, 'go 1.25');
      if (!GO_VERSION.test(version))
        throw fail(file, statement, `\`${version}\` is no Go version such as 1.25.0`);
      draft.go = version;
      return true;
    }
    case 'toolchain': {
      if (draft.toolchain !== undefined) throw fail(file, statement, 'a second `toolchain` line');
      const name = only(file, statement, 'toolchain go1.25.0');
      if (!TOOLCHAIN.test(name)) throw fail(file, statement, `\`${name}\` is no toolchain such as go1.25.0`);
      draft.toolchain = name;
      return true;
    }
    case 'godebug': {
      const setting = /^([^="'`,]+)=([^"'`,]*)$/.exec(only(file, statement, 'godebug KEY=VALUE'));
      if (!setting) throw fail(file, statement, 'expected `godebug KEY=VALUE`');
      draft.godebug.push({ key: setting[1] ?? '', value: setting[2] ?? '' });
      return true;
    }
    case 'replace':
      draft.replace.push(replacement(file, statement));
      return true;
    default:
      return false;
  }
}

function replacement(file: WorkspacePath, statement: Statement): Replacement {
  const words = statement.args.map((arg) => word(file, statement, arg));
  const arrow = words.indexOf('=>');
  const [path, version] = words.slice(0, arrow);
  const [target, targetVersion] = words.slice(arrow + 1);
  if (
    (arrow !== 1 && arrow !== 2) ||
    path === undefined ||
    target === undefined ||
    words.length > arrow + 3
  ) {
    throw fail(
      file,
      statement,
      'expected `replace MODULE [VERSION] => MODULE VERSION` or `replace … => ./FOLDER`',
    );
  }
  for (const each of [version, targetVersion]) {
    if (each !== undefined && !isVersion(each)) throw fail(file, statement, `\`${each}\` is no version`);
  }
  const isDirectory = /^(\.{0,2}[/\\]|\.{1,2}$|[A-Za-z]:)/.test(target);
  if (isDirectory && targetVersion !== undefined)
    throw fail(file, statement, 'a folder cannot have a version');
  if (targetVersion !== undefined) {
    return { path, version, replacement: { path: target, version: targetVersion }, line: statement.line };
  }
  if (!isDirectory) {
    throw fail(
      file,
      statement,
      `\`${target}\` needs a version, or to start with ./ or ../ where it is a folder`,
    );
  }
  return { path, version, replacement: { directory: target }, line: statement.line };
}

/** The module path and version of a `require` or `exclude`. */
export function moduleVersion(file: WorkspacePath, statement: Statement): ModuleVersion {
  const [path, version, ...rest] = statement.args.map((arg) => word(file, statement, arg));
  if (path === undefined || version === undefined || rest.length > 0) {
    throw fail(file, statement, `expected \`${statement.verb} MODULE VERSION\``);
  }
  if (!isVersion(version)) throw fail(file, statement, `\`${version}\` is no version such as v1.2.3`);
  return { path, version };
}

/** The one argument of a directive; `usage` shows how it is written. */
export function only(file: WorkspacePath, statement: Statement, usage: string): string {
  const [arg, ...rest] = statement.args;
  if (arg === undefined || rest.length > 0) throw fail(file, statement, `expected \`${usage}\``);
  return word(file, statement, arg);
}

function word(file: WorkspacePath, statement: Statement, token: string): string {
  if (!/["'`]/.test(token)) return token;
  const value = token.startsWith('"') ? unquote(token) : undefined;
  if (value === undefined) throw fail(file, statement, `${token} is no string in double quotes`);
  return value;
}

/** An error at a statement. */
export function fail(file: WorkspacePath, statement: Statement, what: string): GoWorkspaceError {
  return syntaxError(file, statement.line, what);
}
