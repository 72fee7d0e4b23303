/**
 * @param reference As a person types it, for example `api` or `registry.example:5000/team/api:1.0`.
 * @returns The name with registry and tag, as Docker's own tools complete it: `docker.io/library/api:latest`.
 */
export function fullImageName(reference: string): string {
  const [first = '', ...rest] = nameOf(reference).split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = hasRegistry
    ? [first, ...rest]
    : ['docker.io', ...(rest.length > 0 ? [] : ['library']), first, ...rest];
  return `${path.join('/')}:${tagOf(reference)}`;
}

/** @returns The tag, `latest` where there is none. */
export function tagOf(reference: string): string {
  return reference.slice(nameOf(reference).length + 1) || 'latest';
}

/** A colon before the last slash belongs to the registry's port. */
function nameOf(reference: string): string {
  const colon = reference.lastIndexOf(':');
  return colon > reference.lastIndexOf('/') ? reference.slice(0, colon) : reference;
}
