/**
 * @param name A symbol as the linker writes it, for example `example.com/shop/cart.(*Cart[go.shape.string]).Put`. What
 *   the compiler generates for a type counts to the package of the type: `type:.eq.net/http.Header`.
 * @returns The import path of its package, `main` for the main package; undefined for one that names no package, such
 *   as a C function or what is generated for a type without a name.
 */
export function packageOfSymbol(name: string): string | undefined {
  const generated = GENERATED.exec(name);
  const start = generated?.[0].length ?? 0;
  const own = name.slice(start, start + MOST_PATH_LETTERS + 1);
  // Types in brackets may be of other packages.
  const bracket = own.search(/[[({ *]/);
  const path = bracket === -1 ? own : own.slice(0, bracket);
  if (path.length > MOST_PATH_LETTERS) return undefined;
  const dot = path.indexOf('.', path.lastIndexOf('/') + 1);
  if (dot <= 0) return undefined;
  const prefix = path.slice(0, dot);
  return OF_THE_TOOLS.test(prefix) ? undefined : unescapePath(prefix);
}

/** More than any path has, and few enough that a damaged program does not take its time. */
const MOST_PATH_LETTERS = 1_024;

/**
 * Functions that compare or hash a type, an array of it, or what points to it. The function table of Go 1.20 has
 * `[...]` for whatever is in brackets.
 */
const GENERATED = /^type:\.(?:eq|hash)\.(?:\[(?:\d+|\.\.\.)\]|\*)*/;

/** `go.shape` and `go:` are the compiler's and the linker's; `_` is where the compiler has no name. */
const OF_THE_TOOLS = /^(go|_)$|:/;

/**
 * The compiler escapes dots of the last element, or they would be taken for the end of the path. `PathToPrefix` in
 * https://github.com/golang/go/blob/go1.27.0/src/cmd/internal/objabi/path.go
 */
function unescapePath(prefix: string): string {
  if (!prefix.includes('%')) return prefix;
  const bytes = prefix.replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
