/** `v1.2.3`, `v1.2.3-pre.1`, `v1.2.3+incompatible` (https://go.dev/ref/mod#versions). */
const VERSION = /^v(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;
/** What `go mod tidy` would make a version of: a branch, a tag, a commit, a part of a version. */
const QUERY = /^[\w.+/-]+$/;

/** Whether `text` can stand where go.mod wants a version: a version, or a query that the go command still has to resolve. */
export function isVersion(text: string): boolean {
  return QUERY.test(text);
}

/**
 * Orders versions by semantic versioning; build metadata does not count. What is no version comes before all versions.
 *
 * @returns below, above or equal to zero, as `a` is older than, newer than or equal to `b`.
 */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  const left = VERSION.exec(a);
  const right = VERSION.exec(b);
  if (!left || !right) return Number(Boolean(left)) - Number(Boolean(right));
  for (const part of [1, 2, 3]) {
    const difference = compareNumbers(left[part] ?? '', right[part] ?? '');
    if (difference !== 0) return difference;
  }
  return comparePrereleases(left[4], right[4]);
}

function comparePrereleases(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  // A release comes after its prereleases.
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  const left = a.split('.');
  const right = b.split('.');
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = compareIdentifiers(left[index] ?? '', right[index] ?? '');
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compareIdentifiers(a: string, b: string): number {
  const numeric = [a, b].map((identifier) => /^\d+$/.test(identifier));
  if (numeric[0] && numeric[1]) return compareNumbers(a, b);
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

/** Compares digits as text: the time stamps of pseudo-versions are larger than a safe integer may become. */
function compareNumbers(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : Number(a > b);
}
