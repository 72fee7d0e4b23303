import { spawn } from 'node:child_process';
import { messageOf, OciImageError } from '../../errors';
import type { Credential } from './credential';
import type { CredentialHelper } from './docker-config';

export interface HelperContext {
  /** The file that names the helper, for errors. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds that the helper has; it may have to ask a person. Default 60,000. */
  readonly timeoutMs?: number;
}

/**
 * Asks a program of Docker's protocol. https://github.com/docker/docker-credential-helpers#development
 * @returns undefined where it knows nothing of the server.
 * @throws OciImageError where it is missing, fails, hangs or answers something else. No message holds what it answered.
 */
export async function askHelper(
  { name, server }: CredentialHelper,
  context: HelperContext,
): Promise<Credential | undefined> {
  // The name becomes that of a program: with a slash in it, that of any program.
  if (!/^[\w.-]+$/.test(name)) throw failed(context, `'${name}' is no name of a credential helper`);
  const program = `docker-credential-${name}`;
  const { exitCode, stdout } = await run(program, server, context);
  if (exitCode !== 0) {
    if (/credentials not found|no credentials/i.test(stdout)) return undefined;
    throw failed(
      context,
      `${program} get ended with ${exitCode}`,
      `see what it says: echo ${server} | ${program} get`,
    );
  }
  return credentialOf(stdout) ?? undefinedOr(stdout, program, context);
}

interface HelperResult {
  readonly exitCode: number | null;
  readonly stdout: string;
}

const MAX_ANSWER_CHARACTERS = 1 << 20;

function run(program: string, server: string, context: HelperContext): Promise<HelperResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], {
      env: context.environment,
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      // What it has started itself may keep its output open for ever.
      child.stdout.destroy();
      reject(failed(context, `${program} get did not end in time`));
    }, context.timeoutMs ?? 60_000);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < MAX_ANSWER_CHARACTERS) stdout += text;
    });
    child.once('error', (cause) => {
      clearTimeout(timer);
      const advice = `install ${program}, or take it out of the file and log in anew: docker login`;
      reject(failed(context, `${program} cannot be started: ${messageOf(cause)}`, advice));
    });
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, stdout });
    });
    // A helper need not read what it is asked.
    child.stdin.on('error', () => undefined);
    child.stdin.end(server);
  });
}

/** What a helper gives as user where the secret is an identity token. */
const TOKEN_USER = '<token>';

function credentialOf(stdout: string): Credential | undefined {
  try {
    const answer = JSON.parse(stdout) as { Username?: unknown; Secret?: unknown } | null;
    const { Username: username, Secret: secret } = answer ?? {};
    if (typeof username !== 'string' || typeof secret !== 'string') return undefined;
    if (username === TOKEN_USER) return { kind: 'identity-token', token: secret };
    return { kind: 'password', username, password: secret };
  } catch {
    return undefined;
  }
}

/** Some helpers answer nothing, with success, where they know nothing. */
function undefinedOr(stdout: string, program: string, context: HelperContext): undefined {
  if (stdout.trim() === '') return undefined;
  throw failed(context, `${program} get gives no credentials that can be read`);
}

function failed({ file }: HelperContext, what: string, advice?: string): OciImageError {
  return new OciImageError(`the credentials cannot be read: ${what}`, { location: { file }, advice });
}
