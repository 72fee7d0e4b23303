import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the dev sessions of one compose project have started, and who needs it. */
export interface LedgerPage {
  readonly sessions: readonly Session[];
  readonly started: readonly Started[];
}

export interface Session {
  /** Process id of its keeper. */
  readonly pid: number;
  /** Names of compose services. */
  readonly needs: readonly string[];
}

/** A container or a network that was not there, or did not run, before a session asked for it. */
export interface Started {
  readonly kind: 'container' | 'network';
  readonly id: string;
  /** Of a container: the compose service. */
  readonly service?: string;
  /** A container that somebody else had made and stopped: it is stopped again, and not removed. */
  readonly existed?: boolean;
}

const EMPTY: LedgerPage = { sessions: [], started: [] };

/** What sessions know of each other: a file in a folder of theirs, which one of them at a time may use. */
export class Ledger {
  private readonly file: string;
  private readonly lockFile: string;

  constructor(private readonly directory: string) {
    this.file = join(directory, 'ledger.json');
    this.lockFile = join(directory, 'lock');
  }

  /** Runs `work` while no other session starts or removes anything. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    await this.lock();
    try {
      return await work();
    } finally {
      rmSync(this.lockFile);
      this.removeIfEmpty();
    }
  }

  /** Sessions that are still there, and everything that was started and not yet removed. */
  read(): LedgerPage {
    const page = readPage(this.file);
    return { ...page, sessions: page.sessions.filter(({ pid }) => isAlive(pid)) };
  }

  write(page: LedgerPage): void {
    if (page.sessions.length === 0 && page.started.length === 0) rmSync(this.file, { force: true });
    else writeFileSync(this.file, JSON.stringify(page));
  }

  private async lock(): Promise<void> {
    while (!this.tryLock()) {
      this.breakLockOfTheDead();
      await sleep(50);
    }
  }

  private tryLock(): boolean {
    // The session before us removes the folder when it was the last one.
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    return wrote(this.lockFile);
  }

  private breakLockOfTheDead(): void {
    const owner = readPid(this.lockFile);
    if (owner === undefined || isAlive(owner)) return;
    // Of several that wait, one removes it, and no one removes the lock that the next one has taken meanwhile.
    const breaking = `${this.lockFile}.breaking`;
    if (!wrote(breaking)) return removeOld(breaking);
    if (readPid(this.lockFile) === owner) rmSync(this.lockFile, { force: true });
    rmSync(breaking, { force: true });
  }

  private removeIfEmpty(): void {
    try {
      rmdirSync(this.directory);
    } catch {
      // Other sessions use it.
    }
  }
}

/** Makes a file that holds our process id; false where there is one. */
function wrote(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  }
}

function readPid(file: string): number | undefined {
  const pid = Number(textOf(file));
  return pid > 0 ? pid : undefined;
}

function readPage(file: string): LedgerPage {
  try {
    return JSON.parse(textOf(file)) as LedgerPage;
  } catch {
    return EMPTY; // None yet, or a machine that went down while it was written.
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const BREAKING_MILLISECONDS = 5000;

function removeOld(file: string): void {
  const { mtimeMs = Date.now() } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (Date.now() - mtimeMs > BREAKING_MILLISECONDS) rmSync(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
