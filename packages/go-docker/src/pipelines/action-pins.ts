/** `uses: actions/checkout@<commit> # v6.0.2` */
const PINNED = /^(\s*uses: )([\w./-]+)@([0-9a-f]{40}) # v(\d+(?:\.\d+)*)\r?$/;

/** The lines without what Dependabot and Renovate move, so that their work is no edit of a person. */
export function withoutPins(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(PINNED, '$1$2'));
}

/** The lines with each action as it is in `before`, where that is of a later release. */
export function withLaterPins(lines: readonly string[], before: readonly string[]): readonly string[] {
  const known = new Map<string, { readonly commit: string; readonly version: string }>();
  for (const line of before) {
    const [, , action, commit, version] = PINNED.exec(line) ?? [];
    if (action !== undefined && commit !== undefined && version !== undefined)
      known.set(action, { commit, version });
  }
  return lines.map((line) => {
    const [, start, action, , version] = PINNED.exec(line) ?? [];
    const there = action === undefined ? undefined : known.get(action);
    if (there === undefined || version === undefined || !isLater(there.version, version)) return line;
    return `${start}${action}@${there.commit} # v${there.version}`;
  });
}

function isLater(version: string, other: string): boolean {
  const [left, right] = [version, other].map((each) => each.split('.').map(Number));
  const place = left?.findIndex((number, index) => number !== (right?.[index] ?? 0)) ?? -1;
  return place >= 0 && (left?.[place] ?? 0) > (right?.[place] ?? 0);
}
