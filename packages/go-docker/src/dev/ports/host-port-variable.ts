/**
 * The variable by which a compose file lets the port of this machine be chosen: API_PORT in `"127.0.0.1:${API_PORT:-8080}:8080"`.
 *
 * @param target The port in the container.
 * @returns undefined where the port is fixed.
 */
export function hostPortVariable(text: string, target: number): string | undefined {
  const entry = new RegExp(`\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::?-[^}]*)?\\}:${target}(?:/tcp)?["'\\s]`);
  return entry.exec(`${text}\n`)?.[1];
}
