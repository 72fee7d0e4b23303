/** Lets a few of many go on at a time, in the order in which they come. */
export class Turns {
  private readonly standing: (() => void)[] = [];
  private taken = 0;

  /** @param parallel How many go on at a time. */
  constructor(private readonly parallel: number) {}

  async take(): Promise<void> {
    if (this.taken < this.parallel) this.taken++;
    else await new Promise<void>((resolve) => this.standing.push(resolve));
  }

  /** Waits for a turn, and gives it back once `action` has ended. */
  async inTurn<T>(action: () => Promise<T>): Promise<T> {
    await this.take();
    try {
      return await action();
    } finally {
      this.give();
    }
  }

  /** Whoever has taken a turn gives it back once. */
  give(): void {
    const next = this.standing.shift();
    if (next) next();
    else this.taken--;
  }
}
