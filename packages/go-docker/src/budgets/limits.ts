import type { SourceLocation } from '../errors';
import type { Bytes } from '../images/image-json';

/**
 * What a budget can limit. Both are absolute sizes; a kind that compares with something else (growth against a committed
 * size) becomes one more case of {@link Limit} and of the verdict on it.
 */
export const SIZE_KINDS = ['unpacked', 'compressed'] as const;
export type SizeKind = (typeof SIZE_KINDS)[number];

/** The most that one kind of size may be. */
export interface Limit {
  readonly kind: SizeKind;
  readonly bytes: Bytes;
  /** As it was written: `15 MB`. */
  readonly text: string;
  readonly source: LimitSource;
}

/** Where a limit is written: a person who meets a breach has to find it. */
export type LimitSource =
  | { readonly from: 'command line' }
  | { readonly from: 'file'; readonly location: SourceLocation; readonly rule: Rule };

/** Which entry of the file a limit stands in; `key` is the entry's key. */
export interface Rule {
  readonly type: 'default' | 'project' | 'tag' | 'pattern' | 'sum';
  readonly key: string;
}

/** At most one limit of each kind; a kind that is missing is not limited. */
export type Limits = Readonly<Partial<Record<SizeKind, Limit>>>;

/** One entry of a budget file. */
export interface BudgetEntry {
  readonly rule: Rule;
  readonly limits: Limits;
}

/** What a budget file says. */
export interface Budgets {
  /** In the order of the file. */
  readonly entries: readonly BudgetEntry[];
  /** For all images of the workspace together. */
  readonly sum: Limits;
}

/** What a workspace without a budget file says. */
export const NO_BUDGETS: Budgets = { entries: [], sum: {} };

/** What a budget needs to know of a project. */
export interface BudgetProject {
  readonly name: string;
  readonly tags: readonly string[];
  /** Whether an image is built for it. */
  readonly hasImage: boolean;
}
