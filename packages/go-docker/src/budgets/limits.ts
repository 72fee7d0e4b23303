import type { SourceLocation } from '../errors';

/** The sizes of an image that a budget can limit, in bytes, and that can grow. */
export const SIZE_KINDS = ['unpacked', 'compressed', 'binary', 'assets', 'base'] as const;
export type SizeKind = (typeof SIZE_KINDS)[number];

/** What has a limit that says how much there may be: the sizes, and the number of layers. */
export const LIMIT_KINDS = [...SIZE_KINDS, 'layers'] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** The most that there may be of one kind. */
export interface Limit {
  readonly kind: LimitKind;
  /** Bytes; of `layers`, their number. */
  readonly most: number;
  /** As it was written: `15 MB`. */
  readonly text: string;
  readonly source: LimitSource;
}

/** The most that one size may grow, compared with what is committed in image-size.json. */
export interface GrowthLimit {
  readonly kind: 'growth';
  readonly of: SizeKind;
  readonly most: { readonly share: number } | { readonly bytes: number };
  /** Growth up to here never breaks the limit. Bytes. */
  readonly floor: number;
  /** As it was written: `5%`. */
  readonly text: string;
  readonly source: LimitSource;
}

/** Where a limit is written: a person who meets a breach has to find it. */
export type LimitSource =
  | { readonly from: 'command line' }
  | {
      readonly from: 'file';
      readonly location: SourceLocation;
      readonly rule: Rule;
      /** The entry that the project has itself, where the limit stands in another one: an entry can be there once alone. */
      readonly own?: WrittenEntry;
    };

/** Which entry of the file a limit stands in; `key` is the entry's key. */
export interface Rule {
  readonly type: 'default' | 'project' | 'tag' | 'pattern' | 'sum';
  readonly key: string;
}

/** At most one limit of each kind, and on the growth of each size; what is missing is not limited. */
export type Limits = Readonly<Partial<Record<LimitKind, Limit>>> & { readonly growth?: GrowthLimits };

export type GrowthLimits = Readonly<Partial<Record<SizeKind, GrowthLimit>>>;

/** Where an entry of a budget file is. */
export interface WrittenEntry {
  readonly location: SourceLocation;
  /** As it was written, where the entry is nothing but the unpacked size. */
  readonly bareSize?: string;
}

/** One entry of a budget file. */
export interface BudgetEntry extends WrittenEntry {
  readonly rule: Rule;
  readonly limits: Limits;
}

/** What a budget file says. */
export interface Budgets {
  /** In the order of the file. */
  readonly entries: readonly BudgetEntry[];
  /** For all images of the workspace together; neither layers nor growth. */
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
