import { posix } from 'node:path';
import type { FileSystem, WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from './app-image';

/**
 * The port that an app's code shows: the one address it listens on (`":8080"`), or the default of a variable or flag for its port. Looked for
 * in the packages of the app's own folder first, then in the others of its module.
 *
 * @returns undefined where the code shows none, or several.
 */
export function shownPort(files: FileSystem, { app, closure, dockerfile }: AppImage): number | undefined {
  const folder = posix.dirname(dockerfile);
  const inModule = closure.packages.filter(({ moduleDir }) => moduleDir === app.moduleDir);
  const own = inModule.filter(({ dir }) => dir === app.packageDir || isBelow(folder, dir));
  for (const packages of [own, inModule]) {
    const sources = packages.flatMap(({ goFiles }) => goFiles).map((file) => files.readFile(file) ?? '');
    const ports = new Set(sources.flatMap(portsIn));
    if (ports.size > 0) return ports.size === 1 ? [...ports][0] : undefined;
  }
  return undefined;
}

function isBelow(folder: WorkspacePath, dir: WorkspacePath): boolean {
  // Below the root of the workspace lie the folders of all apps.
  return folder === '.' ? dir === '.' : dir === folder || dir.startsWith(`${folder}/`);
}

/** Variables that hold the port of the program itself; `DB_PORT` is another program's. */
const VARIABLE = '"(?:(?:HTTP|SERVER|APP|LISTEN|API|WEB)_)?PORT"';

const SHOWN: readonly RegExp[] = [
  // http.ListenAndServe(":8080", nil), net.Listen("tcp", "0.0.0.0:8080")
  /"(?:0\.0\.0\.0|\[::\])?:(\d{2,5})"/g,
  // cmp.Or(os.Getenv("PORT"), "8080"), envInt("PORT", 8080); if port == "" { port = "8080" } in the lines below
  new RegExp(`${VARIABLE}(?:[^"]|""){0,160}?"(\\d{2,5})"`, 'g'),
  new RegExp(`${VARIABLE},\\s*(\\d{2,5})\\)`, 'g'),
  // flag.Int("port", 8080, "…"), flag.StringVar(&port, "port", "8080", "…")
  /\w+\.\w+\((?:&[\w.]+,\s*)?"(?:(?:http|listen)-?)?port",\s*(?:"p",\s*)?"?(\d{2,5})"?,/g,
  // `env:"PORT" envDefault:"8080"`
  new RegExp(`env:${VARIABLE}[^\`\\n]*?(?:envDefault|env-default|default):"(\\d{2,5})"`, 'g'),
];

/** Gin listens on 8080 where it is told nothing: https://pkg.go.dev/github.com/gin-gonic/gin#Engine.Run */
const GIN = /(\w+)\s*:?=\s*gin\.(?:Default|New)\(/;

function portsIn(source: string): readonly number[] {
  const code = withoutComments(source);
  const shown = SHOWN.flatMap((pattern) => [...code.matchAll(pattern)]).map((match) => Number(match[1]));
  const engine = GIN.exec(code)?.[1];
  const gin = engine !== undefined && new RegExp(`\\b${engine}\\.Run\\(\\)`).test(code) ? [8080] : [];
  return [...shown, ...gin].filter((port) => port >= 1 && port <= 65535);
}

/** Strings stay as they are, also those that hold `//`. (https://go.dev/ref/spec#Lexical_elements) */
function withoutComments(source: string): string {
  const tokens = /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return source.replace(tokens, (token) => (token.startsWith('/') ? ' ' : token));
}
