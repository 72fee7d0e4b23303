import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ledger } from './ledger';

describe('the ledger of dev sessions', () => {
  let home: string;
  let directory: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'gd-ledger-'));
    directory = join(home, 'ledger');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('lets one session at a time start or remove something', async () => {
    const seen: string[] = [];
    const work = (name: string) =>
      new Ledger(directory).exclusively(async () => {
        seen.push(`${name} begins`);
        await sleep(20);
        seen.push(`${name} ends`);
      });

    await Promise.all([work('a'), work('b'), work('c')]);

    const order = seen.map((line) => line.charAt(0));
    expect(order.filter((_, at) => at % 2 === 0)).toEqual(order.filter((_, at) => at % 2 === 1));
    expect(new Set(order)).toEqual(new Set(['a', 'b', 'c']));
  });

  it('takes the lock of a session that was killed', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'lock'), String(deadPid()));

    await expect(new Ledger(directory).exclusively(() => Promise.resolve('done'))).resolves.toBe('done');
  });

  it('keeps what was started, and forgets sessions that are gone', () => {
    mkdirSync(directory);
    const ledger = new Ledger(directory);
    const here = { pid: process.pid, needs: ['api', 'db'] };
    const started = [{ kind: 'container', id: 'c1', service: 'db' }] as const;

    ledger.write({ sessions: [{ pid: deadPid(), needs: ['api'] }, here], started });

    expect(new Ledger(directory).read()).toEqual({ sessions: [here], started });
  });

  it('leaves no file when there is nothing to remember', async () => {
    const ledger = new Ledger(directory);
    await ledger.exclusively(() => {
      ledger.write({ sessions: [], started: [] });
      return Promise.resolve();
    });

    expect(existsSync(directory)).toBe(false);
  });
});

/** Of a process that has ended just now. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}
