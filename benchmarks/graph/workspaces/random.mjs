// Numbers that look random and are the same on every machine.

/**
 * Mulberry32, a generator of 32 bits of state. (https://github.com/cprosche/mulberry32)
 *
 * @param {number} seed
 */
export function seededRandom(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** @returns {number} a whole number from `low` to `high`, both included */
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    /** @returns {number[]} up to `count` different whole numbers from `low` to `high`, ascending */
    some(count, low, high) {
      if (high < low) return [];
      const picked = Array.from({ length: count }, () => between(low, high));
      return [...new Set(picked)].sort((a, b) => a - b);
    },
  };
}
