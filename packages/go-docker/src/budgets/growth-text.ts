import type { GrowthLimit } from './limits';
import { readSize } from './sizes';

/** How much something may grow, or the reason why a value does not say it: a sentence without a full stop that ends in an example. */
export type GrowthReading = { readonly most: GrowthLimit['most'] } | { readonly problem: string };

/**
 * Growth in percent that is smaller than this never fails, where a budget names no floor of its own: another release of a module or of
 * Go moves a small image by some kilobytes, and nobody should have to ask why.
 */
export const DEFAULT_FLOOR = 10_000;

/** Reads how much a size may grow, as a person writes it: `5%`, `0%`, `200 kB`. */
export function readGrowth(value: unknown): GrowthReading {
  if (typeof value !== 'string') return noGrowth(value);
  const [, percent] = /^\s*\+?(\d+(?:\.\d+)?)\s*%\s*$/.exec(value) ?? [];
  if (percent !== undefined) return { most: { share: Number(percent) / 100 } };
  const size = readSize(value);
  if ('bytes' in size) return { most: { bytes: size.bytes } };
  // What has the form of a size is told what is wrong with it as one; anything else may have been meant as either.
  return /^\s*[+-]?\d+(\.\d+)?\s*[A-Za-z]+\s*$/.test(value) && !/perc|prozent/i.test(value)
    ? { problem: size.problem }
    : noGrowth(value);
}

function noGrowth(value: unknown): GrowthReading {
  const [, number = '5'] = /^\s*[+-]?(\d+(?:\.\d+)?)\D*$/.exec(String(value)) ?? [];
  return {
    problem: `${JSON.stringify(value) ?? String(value)} says no growth: write a share or a size, such as "${number}%" or "200 kB"`,
  };
}
