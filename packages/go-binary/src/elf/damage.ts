/** Thrown where numbers of a program contradict each other, and caught where it is known what they are numbers of. */
export class Damage extends Error {}
