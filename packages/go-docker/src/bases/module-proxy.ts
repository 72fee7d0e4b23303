import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../engines/program';
import { GoDockerError } from '../errors';

const PUBLIC_PROXY = 'https://proxy.golang.org,direct';
const PATIENCE_MILLISECONDS = 30_000;

/** What GOPROXY says: of the environment, of the Go that is installed, or what Go has without either. */
export async function proxySetting(): Promise<string> {
  const { GOPROXY } = process.env;
  if (GOPROXY) return GOPROXY;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const { stdout } = await runProgram('go', ['env', 'GOPROXY'], { signal });
    return stdout.trim() || PUBLIC_PROXY;
  } catch {
    return PUBLIC_PROXY;
  }
}

/**
 * The versions of a Go module that the proxies know. (https://go.dev/ref/mod#goproxy-protocol)
 *
 * @param setting As GOPROXY has it: addresses of proxies, tried from left to right.
 * @throws GoDockerError where none of them answers.
 */
export async function moduleVersions(module: string, setting: string): Promise<readonly string[]> {
  const path = module.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
  const failures: string[] = [];
  for (const { address, goesOn } of proxiesOf(setting)) {
    const answer = await listFrom(`${address}/${path}/@v/list`);
    if ('versions' in answer) return answer.versions;
    failures.push(`${withoutPassword(address)}: ${answer.failure}`);
    if (!answer.isAbsent && !goesOn) break;
  }
  throw new GoDockerError(`No module proxy tells the versions of ${module}`, {
    output: failures.map((failure) => `  ${failure}`).join('\n'),
    advice: `GOPROXY is ${withoutPassword(setting)}: set it to a proxy that answers.`,
  });
}

interface Proxy {
  readonly address: string;
  /** Whether any failure leads to the next one; otherwise only that the module is not there. */
  readonly goesOn: boolean;
}

/** `direct` asks version control, which we do not. */
function proxiesOf(setting: string): readonly Proxy[] {
  const entries = [...setting.matchAll(/([^,|]+)([,|]?)/g)].map(([, address = '', separator]) => ({
    address: address.trim().replace(/\/$/, ''),
    goesOn: separator === '|',
  }));
  return entries.filter(({ address }) => /^(https?|file):\/\//.test(address));
}

type Answer =
  { readonly versions: readonly string[] } | { readonly failure: string; readonly isAbsent: boolean };

async function listFrom(address: string): Promise<Answer> {
  try {
    const text = address.startsWith('file:')
      ? await readFile(fileURLToPath(address), 'utf8')
      : await get(address);
    if (typeof text !== 'string') return { failure: `HTTP ${text.status}`, isAbsent: text.isAbsent };
    return {
      versions: text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    };
  } catch (error) {
    return { failure: reasonOf(error), isAbsent: codeOf(error) === 'ENOENT' };
  }
}

async function get(address: string): Promise<string | { status: number; isAbsent: boolean }> {
  const url = new URL(address);
  const { username, password } = url;
  url.username = url.password = '';
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const response = await fetch(url, {
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    headers: username === '' ? {} : { authorization: `Basic ${credentials.toString('base64')}` },
  });
  if (response.ok) return response.text();
  return { status: response.status, isAbsent: [404, 410].includes(response.status) };
}

/** `fetch` hides why it failed in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message || String(codeOf(error.cause)) : error.message;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function withoutPassword(address: string): string {
  return address.replace(/(\/\/[^:/@,|]*):[^@/,|]*@/g, '$1:…@');
}
