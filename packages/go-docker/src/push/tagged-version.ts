/** https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string, with what follows it kept as it is. */
const VERSION = /^v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/**
 * @param tags Of one commit.
 * @returns The version that the tags give a project, without a leading `v`: the project's own (`api@1.2.3`, `api/v1.2.3`) before one of all
 * (`v1.2.3`), the highest of several; undefined where there is none.
 */
export function versionIn(tags: readonly string[], project: string): string | undefined {
  const own = [`${project}@`, `${project}/`, `${project}-`].flatMap((prefix) =>
    tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length)),
  );
  return highest(own) ?? highest(tags);
}

function highest(texts: readonly string[]): string | undefined {
  const versions = texts.filter((text) => VERSION.test(text)).map((text) => text.replace(/^v/, ''));
  return versions.sort(compare).at(-1);
}

function compare(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => VERSION.exec(text) ?? []);
  for (const at of [1, 2, 3]) {
    const difference = Number(a?.[at]) - Number(b?.[at]);
    if (difference !== 0) return difference;
  }
  // A release is higher than what came before it.
  const [before, after] = [a?.[4], b?.[4]];
  if (before === undefined || after === undefined)
    return Number(after !== undefined) - Number(before !== undefined);
  return before.localeCompare(after, 'en', { numeric: true });
}
