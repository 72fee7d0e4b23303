import type { BuildConstraint } from './build-constraint';
import { SYSTEMS } from './source-file';

/** Whether some build for Linux takes a file with this constraint: on one architecture or another, with tags of the user's or without. */
export function canHoldOnLinux(constraint: BuildConstraint | undefined): boolean {
  return constraint === undefined || canBe(constraint, true);
}

/** Whether some build for Linux takes a file whose name asks for these tags, such as those of `name_linux_arm64.go`. */
export function tagsCanHoldOnLinux(tags: readonly string[]): boolean {
  return tags.every((tag) => !SYSTEMS.has(tag) || tag === 'linux');
}

function canBe(constraint: BuildConstraint, value: boolean): boolean {
  if ('tag' in constraint) return tagCanBe(constraint.tag, value);
  if ('not' in constraint) return canBe(constraint.not, !value);
  const parts = 'all' in constraint ? constraint.all : constraint.any;
  const needsAll = 'all' in constraint ? value : !value;
  return needsAll ? parts.every((part) => canBe(part, value)) : parts.some((part) => canBe(part, value));
}

function tagCanBe(tag: string, value: boolean): boolean {
  if (SYSTEMS.has(tag)) return (tag === 'linux') === value;
  // Files with the tag `ignore` are run by hand; no build takes them.
  if (tag === 'ignore' || tag === 'gccgo') return !value;
  if (tag === 'unix' || tag === 'gc') return value;
  return true;
}
