import { unlessEnding } from './unless-ending';

describe('the moment after a program has failed', () => {
  it('passes where nothing is being ended', async () => {
    await expect(unlessEnding(new AbortController().signal)).resolves.toBeUndefined();
  });

  it('is over with the end, which says why', async () => {
    const ending = new AbortController();
    const moment = unlessEnding(ending.signal);
    ending.abort(new Error('interrupted by SIGTERM'));
    await expect(moment).rejects.toThrow('interrupted by SIGTERM');
    await expect(unlessEnding(ending.signal)).rejects.toThrow('interrupted by SIGTERM');
  });
});
