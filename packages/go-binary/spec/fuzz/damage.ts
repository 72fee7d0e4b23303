import fc from 'fast-check';

/** A part of the file where a byte more or less matters. */
export interface DamagePlace {
  readonly offset: number;
  readonly size: number;
}

/** One change of a program. */
export type Damage =
  | { readonly kind: 'bytes'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'cut'; readonly length: number };

/** Numbers that offsets, counts and lengths break at. */
const EXTREMES = [0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** @param places The first one is the whole file. */
export function damages(places: readonly DamagePlace[]): fc.Arbitrary<readonly Damage[]> {
  const [{ size: fileSize } = { size: 1 }] = places;
  const at = fc
    .tuple(fc.constantFrom(...places), fc.nat(), fc.constantFrom(1, 4, 8))
    .map(([{ offset, size }, anywhere, alignment]) => {
      const inside = anywhere % Math.max(size, 1);
      return offset + inside - (inside % alignment);
    });
  const number = fc.oneof(fc.constantFrom(...EXTREMES), fc.nat(), fc.nat(fileSize * 2));
  const bytes = fc.oneof(
    { weight: 3, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 4 }) },
    { weight: 3, arbitrary: number.map((value) => new Uint8Array(Uint32Array.of(value).buffer)) },
    { weight: 1, arbitrary: number.map((value) => new Uint8Array(Uint32Array.of(value, value).buffer)) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.nat(255), fc.nat(4096)).map(([byte, count]) => new Uint8Array(count).fill(byte)),
    },
  );
  const change = fc.record({ kind: fc.constant('bytes' as const), at, bytes });
  const cut = fc.record({ kind: fc.constant('cut' as const), length: at });
  return fc.array(fc.oneof({ weight: 15, arbitrary: change }, { weight: 1, arbitrary: cut }), {
    minLength: 1,
    maxLength: 4,
  });
}

/** Changes the bytes themselves, because a copy would take longer than reading them. */
export function applyDamage(
  program: Buffer,
  list: readonly Damage[],
): { readonly length: number; restore(): void } {
  const before: (() => void)[] = [];
  let length = program.length;
  for (const damage of list) {
    if (damage.kind === 'cut') length = Math.min(length, damage.length);
    else {
      const old = Buffer.from(program.subarray(damage.at, damage.at + damage.bytes.length));
      before.unshift(() => void old.copy(program, damage.at));
      program.set(damage.bytes.subarray(0, old.length), damage.at);
    }
  }
  return { length, restore: () => before.forEach((undo) => undo()) };
}
