/** Three significant digits in decimal units. */
export function shownSize(bytes) {
  if (bytes === 0) return '0';
  const [unit, factor] = bytes >= 1e9 ? ['GB', 1e9] : bytes >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
  return `${(bytes / factor).toPrecision(3)} ${unit}`;
}

/** How much smaller or larger a size is than another. */
export function percentOf(bytes, than) {
  const saved = Math.round((1 - bytes / than) * 100);
  return saved >= 0 ? `${saved} % smaller` : `${-saved} % larger`;
}
