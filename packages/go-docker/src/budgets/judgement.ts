import type { GrowthLimit, Limit, LimitKind, SizeKind } from './limits';

/** What was measured of one platform's image, and what its limit says to it. */
export type Judgement = AmountJudgement | GrowthJudgement;

export interface AmountJudgement {
  readonly platform: string;
  readonly kind: LimitKind;
  /** Bytes; of `layers`, their number. */
  readonly amount: number;
  readonly verdict: Verdict<Limit>;
}

/** There is one for each size whose growth is limited. */
export interface GrowthJudgement {
  readonly platform: string;
  readonly kind: 'growth';
  /** Which size it is about. */
  readonly of: SizeKind;
  /** Bytes that came to it since the baseline, negative where it became smaller; absent where there is nothing to compare with. */
  readonly amount?: number;
  readonly verdict: Verdict<GrowthLimit>;
}

/**
 * `allowed` is the limit in the unit of the judgement's `amount`: of a growth in percent, what that is in bytes, and at least the floor. `spare`
 * and `over` are in the same unit.
 */
export type Verdict<L extends Limit | GrowthLimit = Limit | GrowthLimit> =
  /** There is no limit. */
  | { readonly outcome: 'unlimited' }
  /** A limit on growth, and nothing that it could have grown from: the image is new, or its sizes are not committed. */
  | { readonly outcome: 'incomparable'; readonly limit: L }
  | { readonly outcome: 'within'; readonly limit: L; readonly allowed: number; readonly spare: number }
  | { readonly outcome: 'over'; readonly limit: L; readonly allowed: number; readonly over: number };

/** A judgement that went against the image. */
export type Breach = AmountBreach | GrowthBreach;
export type AmountBreach = AmountJudgement & { readonly verdict: { readonly outcome: 'over' } };
export type GrowthBreach = GrowthJudgement & {
  readonly amount: number;
  readonly verdict: { readonly outcome: 'over' };
};

export function isBreach(judgement: Judgement): judgement is Breach {
  return judgement.verdict.outcome === 'over';
}
