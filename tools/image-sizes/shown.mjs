/** Three significant digits in decimal units. */
export function shownSize(bytes) {
  if (bytes === 0) return '0';
  const [unit, factor] = bytes >= 1e9 ? ['GB', 1e9] : bytes >= 1e6 ? ['MB', 1e6] : ['kB', 1e3];
  return `${(bytes / factor).toPrecision(3)} ${unit}`;
}

/** A size beside another: "15 % smaller than", "2 % larger than" or "as large as". */
export function comparedWith(bytes, other) {
  const saved = Math.round((1 - bytes / other) * 100);
  if (saved === 0) return 'as large as';
  return saved > 0 ? `${saved} % smaller than` : `${-saved} % larger than`;
}
