/**
 * @param remote The address of a git remote: `git@github.com:acme/shop.git`, `ssh://git@host:22/x`, `https://user:token@host/x`.
 * @returns Where a person looks at the sources, without credentials; undefined for a folder, or what is no address.
 */
export function sourceAddress(remote: string): string | undefined {
  const [, host, path] = /^(?:[\w.-]+@)?([\w-]+(?:\.[\w-]+)+):(?!\/\/)(.+)$/.exec(remote) ?? [];
  if (host !== undefined && path !== undefined)
    return withoutSuffix(`https://${host}/${path.replace(/^\/+/, '')}`);
  if (!URL.canParse(remote)) return undefined;
  const url = new URL(remote);
  if (url.hostname === '') return undefined;
  if (url.protocol === 'ssh:' || url.protocol === 'git:')
    return withoutSuffix(`https://${url.hostname}${url.pathname}`);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  return withoutSuffix(`${url.protocol}//${url.host}${url.pathname}`);
}

function withoutSuffix(address: string): string {
  return address.replace(/\/+$/, '').replace(/\.git$/, '');
}
