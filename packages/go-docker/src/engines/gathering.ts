/**
 * Several builds at once that do one part of their work together. Each has a seat. What they ask is answered in one go as soon as all that are
 * still there wait for it; then they go on, a few at a time.
 */
export class Gathering<Question, Answer> {
  private readonly waiting: Waiting<Question, Answer>[] = [];
  private readonly standing: (() => void)[] = [];
  private present = 0;
  private busy = 0;

  /**
   * @param parallel How many go on at a time.
   * @param answer Gives the answers in the order of the questions; what it throws all that have asked are thrown.
   */
  constructor(
    private readonly parallel: number,
    private readonly answer: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  ) {}

  /** Takes a seat: nothing is answered before its owner has asked or left. All seats are taken before the first asks. */
  seat(): Seat<Question, Answer> {
    let isThere = true;
    let isBusy = false;
    this.present++;
    const rest = () => {
      if (isBusy) this.release();
      isBusy = false;
    };
    return {
      ask: async (question) => {
        rest();
        const answer = await this.wait(question);
        await this.turn();
        isBusy = true;
        return answer;
      },
      leave: () => {
        rest();
        if (isThere) this.present--;
        isThere = false;
        this.serve();
      },
    };
  }

  private wait(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      this.serve();
    });
  }

  private serve(): void {
    if (this.waiting.length === 0 || this.waiting.length < this.present) return;
    const asked = this.waiting.splice(0);
    this.answer(asked.map(({ question }) => question)).then(
      (answers) => asked.forEach(({ resolve }, at) => resolve(answers[at] as Answer)),
      (error: unknown) => asked.forEach(({ reject }) => reject(error)),
    );
  }

  private async turn(): Promise<void> {
    if (this.busy < this.parallel) this.busy++;
    else await new Promise<void>((resolve) => this.standing.push(resolve));
  }

  private release(): void {
    const next = this.standing.shift();
    if (next) next();
    else this.busy--;
  }
}

/** What one of several builds has of a {@link Gathering}. */
export interface Seat<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  /** Its owner asks nothing more. To be called in the end, whatever happens; a second time does nothing. */
  leave(): void;
}

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}
