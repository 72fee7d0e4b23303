/** Whether the source of a further build context is an address rather than a folder, by what buildx takes for one. */
export function isAddress(source: string): boolean {
  return /^[a-z-]+:\/\/|^git@|^github\.com\//.test(source);
}
