import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What becomes of a Go file in one context. */
export interface Reading {
  /** Why it is no Go file; empty where it is one. */
  readonly Refusal: string;
  readonly Taken: boolean;
  readonly Package: string;
  readonly Imports: readonly Place[] | null;
  readonly Embeds: readonly Place[] | null;
}

export interface Place {
  readonly Text: string;
  readonly Line: number;
}

/** In the order of the readings. */
export const CONTEXTS = [
  { architecture: 'amd64', cgo: false },
  { architecture: 'arm64', cgo: false },
  { architecture: 'amd64', cgo: true },
  { architecture: 'arm64', cgo: true },
] as const;

/** The package go/build as a program that answers as long as it is needed. */
export interface GoBuild {
  /** The readings of a file, one for each of the contexts. */
  read(file: Buffer): Promise<readonly Reading[]>;
  end(): void;
}

export function startGoBuild(): GoBuild {
  const dir = mkdtempSync(join(tmpdir(), 'go-workspace-gobuild-'));
  const program = join(dir, 'gobuild');
  const env = { ...process.env, GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0', GOTOOLCHAIN: 'local' };
  execFileSync('go', ['build', '-o', program, join(__dirname, 'gobuild', 'main.go')], { env });
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((line: string) => void)[] = [];
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.(line));
  return {
    read: (file) =>
      new Promise((resolve) => {
        waiting.push((line) => resolve(JSON.parse(line) as Reading[]));
        const length = Buffer.alloc(4);
        length.writeUInt32BE(file.length);
        child.stdin.write(Buffer.concat([length, file]));
      }),
    end: () => {
      child.stdin.end();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
