/**
 * The package of a method that a type has from an embedded one, where the method is of another package and not exported: the linker writes its
 * package into the name (`example.com/web.Stream.example.com/quic.reset`), of which {@link packageOfSymbol} takes all up to the last
 * element for the path.
 *
 * @param path What was taken for the path.
 * @param isPackage Whether functions of a package are in the program.
 * @returns undefined where `path` is one.
 */
export function packageOfWrapper(path: string, isPackage: (path: string) => boolean): string | undefined {
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const [, rest = ''] = TYPE.exec(path.slice(dot)) ?? [];
    if (rest.includes('/') && isPackage(path.slice(0, dot))) return path.slice(0, dot);
  }
  return undefined;
}

/** An identifier of Go between dots (https://go.dev/ref/spec#Identifiers). */
const TYPE = /^\.[\p{L}_][\p{L}\p{Nd}_]*\.(.*)$/u;
