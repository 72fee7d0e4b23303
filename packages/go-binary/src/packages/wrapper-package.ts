/**
 * The package of a method that a type has from an embedded one, where the method is of another package and not exported: the linker writes its
 * package into the name (`example.com/web.Stream.example.com/quic.reset`), of which {@link packageOfSymbol} takes all up to the last
 * element for the path.
 *
 * @param path What was taken for the path.
 * @param isPackage Whether functions of a package are in the program. Both have to be: otherwise everything from `net.example.com/tools` would
 *   count to the package `net`.
 * @returns undefined where `path` is one.
 */
export function packageOfWrapper(path: string, isPackage: (path: string) => boolean): string | undefined {
  const lastSlash = path.lastIndexOf('/');
  for (let dot = path.indexOf('.'); dot !== -1 && dot < lastSlash; dot = path.indexOf('.', dot + 1)) {
    TYPE.lastIndex = dot;
    if (!TYPE.test(path)) continue;
    const [type, method] = [path.slice(0, dot), path.slice(TYPE.lastIndex)];
    if (method.includes('/') && isPackage(method) && isPackage(type)) return type;
  }
  return undefined;
}

/** An identifier of Go between dots (https://go.dev/ref/spec#Identifiers). */
const TYPE = /\.[\p{L}_][\p{L}\p{Nd}_]*\./uy;
