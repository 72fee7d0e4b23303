import { Gathering } from './gathering';

function gathering(parallel = 9) {
  const rounds: (readonly string[])[] = [];
  const all = new Gathering<string, string>(parallel, async (questions) => {
    rounds.push(questions);
    return questions.map((question) => question.toUpperCase());
  });
  return { all, rounds };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('a gathering', () => {
  it('answers all questions in one go, once all have asked', async () => {
    const { all, rounds } = gathering();
    const [one, other] = [all.seat(), all.seat()];
    const first = one.ask('a');
    await soon();
    expect(rounds).toEqual([]);
    expect(await Promise.all([first, other.ask('b')])).toEqual(['A', 'B']);
    expect(rounds).toEqual([['a', 'b']]);
  });

  it('does not wait for one that has left, however often it says so', async () => {
    const { all, rounds } = gathering();
    const [one, other, third] = [all.seat(), all.seat(), all.seat()];
    const first = one.ask('a');
    other.leave();
    other.leave();
    await soon();
    expect(rounds).toEqual([]);
    third.leave();
    expect(await first).toBe('A');
  });

  it('goes on in rounds', async () => {
    const { all, rounds } = gathering();
    const [one, other] = [all.seat(), all.seat()];
    await Promise.all([one.ask('a'), other.ask('b')]);
    await Promise.all([other.ask('c'), one.ask('d')]);
    one.leave();
    expect(await other.ask('e')).toBe('E');
    expect(rounds).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('lets as many go on as it is told, and the next when one leaves or asks again', async () => {
    const { all } = gathering(1);
    const seats = [all.seat(), all.seat(), all.seat()];
    const on: string[] = [];
    const asked = seats.map((seat, at) => seat.ask(String(at)).then((answer) => on.push(answer)));
    await soon();
    expect(on).toEqual(['0']);
    seats[0]?.leave();
    await soon();
    expect(on).toEqual(['0', '1']);
    const again = seats[1]?.ask('again');
    await Promise.all(asked);
    seats[2]?.leave();
    expect(await again).toBe('AGAIN');
  });

  it('lets as many begin as it is told, and more builds than turns ask, ask again and leave', async () => {
    const { all, rounds } = gathering(2);
    let most = 0;
    let now = 0;
    const builds = Array.from({ length: 9 }, (_, at) => ({ seat: all.seat(), at }));
    const work = async () => {
      most = Math.max(most, ++now);
      await soon();
      now--;
    };
    await Promise.all(
      builds.map(async ({ seat, at }) => {
        await seat.begin();
        await work();
        if (at % 3 > 0) await seat.ask(`${at}`);
        await work();
        if (at % 3 > 1) await seat.ask(`${at} again`);
        await work();
        seat.leave();
      }),
    );
    expect(most).toBe(2);
    expect(rounds).toEqual([
      ['1', '2', '4', '5', '7', '8'],
      ['2 again', '5 again', '8 again'],
    ]);
  });

  it('throws to all that have asked what the answer throws', async () => {
    const all = new Gathering<string, string>(1, () => Promise.reject(new Error('no')));
    const [one, other] = [all.seat(), all.seat()];
    const results = await Promise.allSettled([one.ask('a'), other.ask('b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
