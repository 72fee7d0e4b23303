import { OciImageError } from '../../errors';
import { retryAfterMs, Transient, withRetries } from './transient';

const POLICY = { attempts: 3, delayMs: 1, longestDelayMs: 50 };
const failure = new OciImageError('it is busy');

describe('withRetries', () => {
  it('gives the first answer that comes within the allowed attempts', async () => {
    let made = 0;
    const attempt = () => (++made < 3 ? Promise.reject(new Transient(failure)) : Promise.resolve(made));
    expect(await withRetries(POLICY, undefined, attempt)).toBe(3);
  });

  it('throws the failure itself after the last attempt', async () => {
    const attempt = jest.fn(() => Promise.reject(new Transient(failure)));
    await expect(withRetries(POLICY, undefined, attempt)).rejects.toBe(failure);
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it('does not try again what will not be better', async () => {
    const attempt = jest.fn(() => Promise.reject(failure));
    await expect(withRetries(POLICY, undefined, attempt)).rejects.toBe(failure);
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('waits for as long as it is asked to, and not at all where that is too long', async () => {
    const began = performance.now();
    const waiting = withRetries(POLICY, undefined, () => Promise.reject(new Transient(failure, 40)));
    await expect(waiting).rejects.toBe(failure);
    expect(performance.now() - began).toBeGreaterThan(75);
    const attempt = jest.fn(() => Promise.reject(new Transient(failure, 51)));
    await expect(withRetries(POLICY, undefined, attempt)).rejects.toBe(failure);
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('stops waiting with the reason of the signal', async () => {
    const stop = new AbortController();
    const reason = new Error('interrupted');
    const attempt = () => {
      setTimeout(() => stop.abort(reason), 20);
      return Promise.reject(new Transient(failure));
    };
    const policy = { ...POLICY, delayMs: 60_000, longestDelayMs: 60_000 };
    await expect(withRetries(policy, stop.signal, attempt)).rejects.toBe(reason);
  });
});

describe('retryAfterMs', () => {
  // 1445412480 seconds after 1970.
  const date = 'Wed, 21 Oct 2015 07:28:00 GMT';
  it.each([
    ['120', 120_000],
    [' 1 ', 1000],
    [date, 7000],
    ['Wed, 21 Oct 2015 07:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('takes %s for %s ms', (header, milliseconds) => {
    expect(retryAfterMs(header, 1_445_412_473_000)).toBe(milliseconds);
  });
});
