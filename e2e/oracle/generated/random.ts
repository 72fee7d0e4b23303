/** The same numbers for the same seed, on every machine. */
export interface Random {
  /** A whole number from 0 on, smaller than `end`. */
  below(end: number): number;
  chance(probability: number): boolean;
  /** Some of all, in their order. */
  some<T>(all: readonly T[], probability: number): T[];
}

/** Mulberry32: 32 bits of state are enough here. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const chance = (probability: number): boolean => next() < probability;
  return {
    below: (end) => Math.floor(next() * end),
    chance,
    some: (all, probability) => all.filter(() => chance(probability)),
  };
}
