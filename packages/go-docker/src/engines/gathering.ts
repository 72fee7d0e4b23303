import { Turns } from './turns';

/**
 * Several builds at once that do one part of their work together. Each has a seat. A few at a time are at work; what they ask is answered in one go
 * as soon as all that are still there wait for it, and who waits keeps nobody from working.
 */
export class Gathering<Question, Answer> {
  private readonly waiting: Waiting<Question, Answer>[] = [];
  private readonly turns: Turns;
  private present = 0;

  /**
   * @param parallel How many are at work at a time.
   * @param answer Gives the answers in the order of the questions; what it throws all that have asked are thrown.
   */
  constructor(
    parallel: number,
    private readonly answer: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  ) {
    this.turns = new Turns(parallel);
  }

  /** Takes a seat: nothing is answered before its owner has asked or left. All seats are taken before the first asks. */
  seat(): Seat<Question, Answer> {
    let isThere = true;
    let isBusy = false;
    this.present++;
    const rest = () => {
      if (isBusy) this.turns.give();
      isBusy = false;
    };
    const work = async () => {
      await this.turns.take();
      isBusy = true;
    };
    return {
      begin: work,
      ask: async (question) => {
        rest();
        const answer = await this.wait(question);
        await work();
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
}

/** What one of several builds has of a {@link Gathering}. */
export interface Seat<Question, Answer> {
  /** Waits for its turn to work. Once, before anything else. */
  begin(): Promise<void>;
  /** Waits until all have asked, and then for its turn. */
  ask(question: Question): Promise<Answer>;
  /** Its owner asks nothing more. To be called in the end, whatever happens; a second time does nothing. */
  leave(): void;
}

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}
