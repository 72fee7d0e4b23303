import { codeOf, messageOf, OciImageError } from '../../errors';
import { shown } from '../../shown';
import { type HttpResponse, readBody, Silence, TooLarge } from '../http/http-message';
import { isBrokenConnection, retryAfterMs, Transient } from '../http/transient';

/** What was asked of whom, for errors. */
export interface Asked {
  /** `127.0.0.1:5000/team/api`, as a person would type it. */
  readonly name: string;
  readonly registry: string;
  /** Whether credentials were shown. */
  readonly isLoggedIn: boolean;
}

/** Enough for any list of errors, and for the page of a proxy. */
const MAX_REFUSAL_BYTES = 64 << 10;

/**
 * What to throw for a status that nobody expected; a Transient where another attempt may help. Reads the answer.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes
 */
export async function refusal(response: HttpResponse, asked: Asked): Promise<Error> {
  const { status } = response;
  const said = await reasonIn(response);
  const after = retryAfterMs(response.headers['retry-after'], Date.now());
  const error = new OciImageError(`the registry answers ${status}${said && ` (${said})`}`, {
    location: { file: asked.name },
    advice: adviceFor(status, asked, after),
  });
  const isTransient = status === 429 || (status >= 500 && status !== 501);
  return isTransient ? new Transient(error, after) : error;
}

/** What to throw for an error of the connection; a Transient where another attempt may help. */
export function connectionFailure(error: unknown, url: URL, { name, registry }: Asked): unknown {
  const host = url.host;
  if (error instanceof OciImageError) return inContext(error, name);
  const failure = (what: string, advice: string) =>
    new OciImageError(what, { location: { file: name }, advice, cause: error });
  if (error instanceof Silence) {
    return failure(
      `${host} is silent: ${error.message}`,
      `see whether ${host} can be reached and is well, and try again`,
    );
  }
  if (error instanceof TooLarge) {
    return failure(
      `what ${host} sends is no image: ${error.message}`,
      `see whether ${registry} is a registry`,
    );
  }
  const code = codeOf(error);
  // Whatever is no error of the system or of TLS is none of the connection's.
  if (code === undefined) return error;
  const advice =
    code === 'ENOTFOUND' || code === 'EAI_AGAIN'
      ? `see whether this machine has a network, and whether the name ${host} is right`
      : isUntrusted(error)
        ? 'name the authority of its certificate in NODE_EXTRA_CA_CERTS'
        : `see whether ${host} can be reached from here`;
  const what = failure(`${host} cannot be asked: ${shown(messageOf(error)) || code}`, advice);
  return isBrokenConnection(error) ? new Transient(what) : what;
}

/** Whether the other side showed a certificate that does not hold here. */
export function isUntrusted(error: unknown): boolean {
  return /CERT|SELF_SIGNED|SIGNATURE|ALTNAME/.test(codeOf(error) ?? '');
}

function inContext(error: OciImageError, name: string): OciImageError {
  const { what, advice, location, cause } = error;
  const host = location === undefined || location.file === name ? '' : ` (${location.file})`;
  return new OciImageError(`${what}${host}`, { location: { file: name }, advice, cause });
}

async function reasonIn(response: HttpResponse): Promise<string> {
  // What is no message for people is not worth a failure of its own.
  const body = await readBody(response, MAX_REFUSAL_BYTES).catch(() => Buffer.alloc(0));
  return shown(messagesIn(body.toString('utf8')));
}

function messagesIn(text: string): string {
  try {
    const { errors, error, details } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (Array.isArray(errors)) {
      return (errors as { code?: unknown; message?: unknown }[])
        .map(({ code, message }) =>
          [code, message].filter((part) => typeof part === 'string' && part).join(': '),
        )
        .join('; ');
    }
    // https://www.rfc-editor.org/rfc/rfc6749#section-5.2, and what Docker's token server says.
    const said = [details, error].find((part) => typeof part === 'string');
    return typeof said === 'string' ? said : '';
  } catch {
    return '';
  }
}

function adviceFor(status: number, { registry, isLoggedIn }: Asked, after: number | undefined): string {
  const login = `docker login ${registry === 'docker.io' ? '' : registry}`.trim();
  if (status === 401) {
    return isLoggedIn
      ? `the credentials for ${registry} do not hold: log in again: ${login}`
      : `log in: ${login}`;
  }
  if (status === 403) {
    return isLoggedIn ? `ask for the right to do this on ${registry}` : `log in: ${login}`;
  }
  if (status === 404) return 'see whether the name is right, and whether you may read it';
  if (status === 429) {
    const wait = after === undefined ? 'wait a while' : `wait ${Math.ceil(after / 1000)} s`;
    return `${wait}${isLoggedIn ? '' : `, or log in, which often has a higher limit: ${login}`}`;
  }
  return status >= 500
    ? `try again later, or ask who runs ${registry}`
    : `see whether ${registry} takes such images`;
}
